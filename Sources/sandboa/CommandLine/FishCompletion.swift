/// Completion for fish 3.1 and later.
struct FishCompletion: Sendable {
    let source: Completions

    var script: String {
        ([header] + firstWords + CommandTable.commands.flatMap(lines(of:))).joined(separator: "\n")
            + "\n"
    }

    private var header: String {
        """
        # Completion of sandboa for fish; made by `sandboa completions fish`.

        # Names joined by commas: keeps those that stand, offers the others.
        function __sandboa_list
            set -l token (string replace -r '^--[^=]*=' '' -- (commandline -ct))
            set -l kept (string replace -r '[^,]*$' '' -- $token)
            printf '%s\\n' $kept$argv
        end

        function __sandboa_named_file
            set -l token (string replace -r '^--[^=]*=' '' -- (commandline -ct))
            set -l name (string match -r '^[^=]*=' -- $token)
            and printf '%s\\n' $name(__fish_complete_path (string replace -- $name '' $token))
        end

        # Whether the words that are no options begin with these.
        function __sandboa_at
            set -l words (commandline -opc | string match -v -- '-*')[2..]
            test "$words[1..$(count $argv)]" = "$argv"
        end

        # Whether these are all the words that are no options.
        function __sandboa_only
            set -l words (commandline -opc | string match -v -- '-*')[2..]
            test "$words" = "$argv"
        end

        complete -c sandboa -f
        complete -c sandboa -l help -s h -d 'Show help'
        complete -c sandboa -n __sandboa_only -l version -d 'Show the version'
        """
    }

    private var firstWords: [String] {
        let first = CommandTable.firstWords.map { word in
            entry("__sandboa_only", word, CommandTable.summary(ofFirstWord: word))
        }
        let second = CommandTable.families.map(\.word).flatMap { family in
            CommandTable.commands(ofFamily: family).map {
                entry("'__sandboa_only \(family)'", $0.name.words[1], $0.summary)
            }
        }
        let topics = CommandTable.firstWords.map { entry("'__sandboa_only help'", $0, nil) }
        return first + second + topics
    }

    private func entry(_ condition: String, _ word: String, _ summary: String?) -> String {
        let description = summary.map { " -d \(quoted($0))" } ?? ""
        return "complete -c sandboa -n \(condition) -a \(word)\(description)"
    }

    private func lines(of command: Command) -> [String] {
        let name = command.name.rawValue
        let options = command.options.map { option in
            "complete -c sandboa -n '__sandboa_at \(name)' -l \(option.name)"
                + values(of: option) + " -d \(quoted(option.summary))"
        }
        let operands = source.placed(command).prefix(1).compactMap { operand -> String? in
            switch source.hint(operand.kind) {
            case .files: "complete -c sandboa -n '__sandboa_at \(name)' -F"
            case .words(let words):
                "complete -c sandboa -n '__sandboa_only \(name)' -a \(spaced(words))"
            default: nil
            }
        }
        return options + operands
    }

    private func values(of option: Option) -> String {
        guard option.kind != .flag else { return "" }
        return switch source.hint(option.kind) {
        case .nothing: " -x"
        case .words(let words): " -x -a \(spaced(words))"
        case .list(let words):
            words.isEmpty ? " -x" : " -x -a '(__sandboa_list \(words.joined(separator: " ")))'"
        case .files: " -r -F"
        case .directories: " -x -a '(__fish_complete_directories)'"
        case .namedFile: " -x -a '(__sandboa_named_file)'"
        }
    }

    private func spaced(_ words: [String]) -> String {
        quoted(words.joined(separator: " "))
    }

    /// Text in single quotes, where only `\` and `'` are special.
    private func quoted(_ text: String) -> String {
        var result = "'"
        for character in text {
            if character == "'" || character == "\\" { result += "\\" }
            result.append(character)
        }
        return result + "'"
    }
}
