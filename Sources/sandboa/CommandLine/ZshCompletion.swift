/// Completion for zsh, as a function file for `$fpath` that can also be sourced.
struct ZshCompletion: Sendable {
    let source: Completions

    var script: String {
        let functions = CommandTable.commands.map(function(of:))
        let families = CommandTable.families.map(\.word).map(function(ofFamily:))
        return ([header] + functions + families + [main]).joined(separator: "\n")
    }

    private var header: String {
        """
        #compdef sandboa
        # Completion of sandboa for zsh; made by `sandboa completions zsh`.

        _sandboa_named_file() {
            compset -P '*=' && _files
        }

        """
    }

    private func function(of command: Command) -> String {
        var specs = command.options.map(spec(of:))
        specs.append("'--help[Show help]'")
        for (place, operand) in source.placed(command).enumerated() {
            let position = operand.count == .once ? "\(place + 1)" : "*"
            specs.append("'\(position):\(operand.name):\(action(source.hint(operand.kind)))'")
        }
        if command.name == .help {
            let topics = CommandTable.firstWords.joined(separator: " ")
            specs.append("'1:COMMAND:(\(topics))'")
        } else if command.operands.count > source.placed(command).count {
            specs.append("'*:ARGUMENT:_files'")
        }
        let body = specs.map { "        \($0)" }.joined(separator: " \\\n")
        return "\(name(command.name.words))() {\n    _arguments \\\n\(body)\n}\n"
    }

    private func function(ofFamily family: String) -> String {
        let commands = CommandTable.commands(ofFamily: family)
        let entries = commands.map { ($0.name.words[1], $0.summary) }
        return dispatcher(name([family]), prefix: [family], entries)
    }

    private var main: String {
        let entries = CommandTable.firstWords.map { word in
            (word, CommandTable.summary(ofFirstWord: word))
        }
        return dispatcher("_sandboa", prefix: [], entries) + """

            if [[ $funcstack[1] == _sandboa ]]; then
                _sandboa "$@"
            else
                compdef _sandboa sandboa
            fi

            """
    }

    /// A function that completes the next command word, or calls the function of that word.
    private func dispatcher(
        _ function: String, prefix: [String], _ entries: [(String, String)]
    ) -> String {
        let words = entries.map { "        '\($0.0):\(quoted($0.1))'" }.joined(separator: "\n")
        let cases = entries.map { "            \($0.0)) \(name(prefix + [$0.0])) ;;" }
        let globals =
            prefix.isEmpty
            ? "'(- *)--help[Show help]' '(- *)--version[Show the version]' "
            : "'(- *)--help[Show help]' "
        return """
            \(function)() {
                local context state state_descr line
                typeset -A opt_args
                local -a commands=(
            \(words)
                )
                _arguments -C \(globals)\\
                    '1: :->command' '*:: :->rest'
                case $state in
                    command) _describe command commands ;;
                    rest)
                        case $line[1] in
            \(cases.map { "    " + $0 }.joined(separator: "\n"))
                        esac
                        ;;
                esac
            }

            """
    }

    private func spec(of option: Option) -> String {
        let front = option.repeats ? "*" : ""
        let summary = quoted(option.summary, also: "[]")
        guard option.kind != .flag else { return "'\(front)--\(option.name)[\(summary)]'" }
        let message = quoted(option.placeholder)
        let action = action(source.hint(option.kind))
        return "'\(front)--\(option.name)=[\(summary)]:\(message):\(action)'"
    }

    private func action(_ hint: CompletionHint) -> String {
        switch hint {
        case .nothing: " "
        case .words(let words): words.isEmpty ? " " : "(\(words.joined(separator: " ")))"
        case .list(let words):
            words.isEmpty ? " " : "_values -s , name \(words.joined(separator: " "))"
        case .files: "_files"
        case .directories: "_files -/"
        case .namedFile: "_sandboa_named_file"
        }
    }

    private func name(_ words: [String]) -> String {
        "_sandboa_" + words.joined(separator: "_")
    }

    /// Text inside single quotes in which `:` parts fields.
    private func quoted(_ text: String, also special: String = "") -> String {
        var result = ""
        for character in text {
            switch character {
            case "'": result += "'\\''"
            case ":", "\\": result += "\\" + String(character)
            case _ where special.contains(character): result += "\\" + String(character)
            default: result.append(character)
            }
        }
        return result
    }
}
