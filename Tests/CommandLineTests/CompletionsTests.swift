// Completion scripts are read by the shells they are for, and complete what there is.

import Testing

@testable import sandboa

@Suite struct CompletionsTests {
    private let completions = Completions(vocabulary: testVocabulary)

    @Test(.enabled(if: Program.isInstalled("bash"), "needs bash"))
    func `bash reads its script`() throws {
        let result = try Program.run("bash", ["-n"], file: completions.script(for: .bash))
        #expect(result.status == 0 && result.complaints == "")
    }

    @Test(.enabled(if: Program.isInstalled("zsh"), "needs zsh"))
    func `zsh reads its script`() throws {
        let result = try Program.run("zsh", ["-f", "-n"], file: completions.script(for: .zsh))
        #expect(result.status == 0 && result.complaints == "")
    }

    @Test(.enabled(if: Program.isInstalled("fish"), "needs fish"))
    func `fish reads its script`() throws {
        let result = try Program.run("fish", ["-n"], file: completions.script(for: .fish))
        #expect(result.status == 0 && result.complaints == "")
    }

    @Test(
        .enabled(if: Program.isInstalled("bash"), "needs bash"),
        arguments: [
            (["sandboa", "ex"], "exec"),
            (["sandboa", "e"], "exec env"),
            (["sandboa", "--v"], "--version"),
            (["sandboa", "env", ""], "list build remove status packages"),
            (["sandboa", "env", "build", ""], "data tools"),
            (["sandboa", "env", "build", "--home", "/x", "d"], "data"),
            (["sandboa", "exec", "--te"], "--template"),
            (["sandboa", "exec", "--template", ""], "auto std sci"),
            (["sandboa", "exec", "--template", "=", "s"], "std sci"),
            (["sandboa", "exec", "--template", "="], "auto std sci"),
            (["sandboa", "serve", "--require", "seccomp,l"], "seccomp,landlock"),
            (["sandboa", "call", "--timeout", "=", "5s", "py"], "python_execute"),
            (["sandboa", "call", "python_execute", ""], ""),
            (["sandboa", "tools", "py"], "python_execute"),
            (["sandboa", "tools", "--policy", "strict", "pip"], "pip-install"),
            (["sandboa", "completions", ""], "bash zsh fish"),
            (["sandboa", "help", "de"], "demo"),
            (["sandboa", "exec", "--timeout", ""], ""),
        ])
    func `bash completes what the table says`(words: [String], expected: String) throws {
        // Outside of a real completion `compopt` complains; it only sets how a word ends.
        let script =
            completions.script(for: .bash) + """

                compopt() { :; }
                COMP_WORDS=(\(words.map(QuotedText.shell).joined(separator: " ")))
                COMP_CWORD=\(words.count - 1)
                _sandboa
                echo "${COMPREPLY[*]}"
                """
        let result = try Program.run("bash", ["--norc"], file: script)
        #expect(result.output == expected + "\n")
        #expect(result.complaints == "")
    }

    @Test(arguments: Completions.Shell.allCases)
    func `a script knows every command and option`(shell: Completions.Shell) {
        let script = completions.script(for: shell)
        for command in CommandTable.commands {
            for word in command.name.words { #expect(script.contains(word)) }
            for option in command.options {
                #expect(script.contains(option.name))
            }
        }
        #expect(script.contains("python_execute") && script.hasSuffix("\n"))
    }

    @Test(arguments: Completions.Shell.allCases)
    func `a word that a shell could take for code is left out`(shell: Completions.Shell) {
        let hostile = ["$(reboot)", "a b", "`x`", "", "';x"]
        let mixed = Completions(vocabulary: Vocabulary([.tools: hostile + ["good"]]))
        let clean = Completions(vocabulary: Vocabulary([.tools: ["good"]]))
        #expect(mixed.script(for: shell) == clean.script(for: shell))
    }
}
