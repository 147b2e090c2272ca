// The commands that only print: tools, config, completions, man, version.

import Catalog
import Engine
import Kernel
import Notation

extension Program {
    func printConfiguration(_ invocation: Invocation) throws -> ExitCode {
        guard let client = ClientSnippet.Client(rawValue: invocation.text(.client)) else {
            return .usage
        }
        let snippet = ClientSnippet(client, executable: try Installation.find().program)
        if invocation.has(.json) {
            terminal.say(snippet.json)
        } else {
            terminal.say(snippet.text)
            terminal.complain(snippet.advice)
        }
        return .ok
    }

    func printCompletions(_ invocation: Invocation) -> ExitCode {
        guard let shell = Completions.Shell(rawValue: invocation.text(.shell)) else {
            return .usage
        }
        terminal.say(Completions(vocabulary: Self.vocabulary).script(for: shell))
        return .ok
    }

    func printManual() -> ExitCode {
        let now = RFC3339(seconds: WallClock.nanoseconds / 1_000_000_000)
        let date = now.map { String($0.description.prefix(10)) } ?? ""
        terminal.say(ManPage(version: Self.version, date: date).text)
        return .ok
    }

    func printVersion(_ invocation: Invocation) -> ExitCode {
        if invocation.has(.json) {
            terminal.say(["name": "sandboa", "version": .string(Self.version)])
        } else {
            terminal.say("sandboa \(Self.version)\n")
        }
        return .ok
    }
}
