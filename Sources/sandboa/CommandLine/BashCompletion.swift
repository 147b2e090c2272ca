/// Completion for bash 4.4 and later; needs no bash-completion package.
struct BashCompletion: Sendable {
    let source: Completions

    var script: String {
        [header, takesValue, values, words, operands, main].joined(separator: "\n")
    }

    private var header: String {
        """
        # Completion of sandboa for bash; made by `sandboa completions bash`.

        _sandboa_words() {
            mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2")
        }

        # Names joined by commas: completes the last, keeps the others.
        _sandboa_list() {
            local kept=
            [[ $2 == *,* ]] && kept=${2%,*},
            mapfile -t COMPREPLY < <(compgen -P "$kept" -W "$1" -- "${2##*,}")
            compopt -o nospace
        }

        _sandboa_paths() {
            mapfile -t COMPREPLY < <(compgen "$1" -- "$2")
            compopt -o filenames
        }

        """
    }

    /// Whether an option's value is the next word.
    private var takesValue: String {
        let cases = CommandTable.commands.flatMap { command in
            command.options.filter { $0.kind != .flag }.map {
                "\"\(command.name.rawValue) --\($0.name)\""
            }
        }
        return """
            _sandboa_takes_value() {
                case "$1 $2" in
            \(joined(cases, indent: 8))) return 0 ;;
                esac
                return 1
            }

            """
    }

    /// Completes the value of option $2 of command $1, which so far is $3.
    private var values: String {
        let cases = CommandTable.commands.flatMap { command in
            command.options.compactMap { option in
                action(source.hint(option.kind), current: "$3").map {
                    "        \"\(command.name.rawValue) --\(option.name)\") \($0) ;;"
                }
            }
        }
        return function("_sandboa_value", on: "$1 $2", cases)
    }

    /// Completes the operand number $2 of command $1, which so far is $3.
    private var operands: String {
        var cases: [String] = []
        for command in CommandTable.commands {
            for (place, operand) in source.placed(command).enumerated() {
                guard let action = action(source.hint(operand.kind), current: "$3") else {
                    continue
                }
                cases.append("        \"\(command.name.rawValue) \(place)\") \(action) ;;")
            }
        }
        for family in CommandTable.families.map(\.word) {
            let words = CommandTable.commands(ofFamily: family).map { $0.name.words[1] }
            let list = words.joined(separator: " ")
            cases.append("        \"\(family) 0\") _sandboa_words \"\(list)\" \"$3\" ;;")
        }
        let topics = CommandTable.firstWords.joined(separator: " ")
        cases.append("        \"help 0\" | \" 0\") _sandboa_words \"\(topics)\" \"$3\" ;;")
        return function("_sandboa_operand", on: "$1 $2", cases)
    }

    /// Prints the options of command $1.
    private var words: String {
        let cases = CommandTable.commands.map { command in
            let names = command.options.map { "--\($0.name)" } + ["--help"]
            return "        \"\(command.name.rawValue)\") "
                + "echo \"\(names.joined(separator: " "))\" ;;"
        }
        return function(
            "_sandboa_options", on: "$1", cases + ["        *) echo \"--help --version\" ;;"])
    }

    /// `=` parts words in bash: `--timeout=5s` arrives as three.
    private var main: String {
        let families = CommandTable.families.map(\.word).joined(separator: "|")
        return """
            _sandboa() {
                local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
                local command= place=0 word i
                COMPREPLY=()
                if [[ $cur == = ]]; then
                    cur=
                elif [[ $prev == = ]]; then
                    prev=${COMP_WORDS[COMP_CWORD - 2]}
                    if [[ $prev != --* ]]; then
                        _sandboa_paths -f "$cur"
                        return
                    fi
                fi
                for ((i = 1; i < COMP_CWORD; i++)); do
                    word=${COMP_WORDS[i]}
                    if [[ $word == -- ]]; then
                        _sandboa_paths -f "$cur"
                        return
                    elif [[ $word == -* ]]; then
                        if _sandboa_takes_value "$command" "$word"; then
                            [[ ${COMP_WORDS[i + 1]} == = ]] && ((i++))
                            ((i++))
                        fi
                    elif [[ -z $command ]]; then
                        command=$word
                    elif [[ $command == @(\(families)) ]]; then
                        command="$command $word"
                    else
                        ((place++))
                    fi
                done
                if _sandboa_takes_value "$command" "$prev"; then
                    _sandboa_value "$command" "$prev" "$cur"
                elif [[ $cur == -* ]]; then
                    _sandboa_words "$(_sandboa_options "$command")" "$cur"
                else
                    _sandboa_operand "$command" "$place" "$cur"
                fi
            }

            complete -F _sandboa sandboa

            """
    }

    private func action(_ hint: CompletionHint, current: String) -> String? {
        switch hint {
        case .nothing: nil
        case .words(let words):
            "_sandboa_words \"\(words.joined(separator: " "))\" \"\(current)\""
        case .list(let words):
            "_sandboa_list \"\(words.joined(separator: " "))\" \"\(current)\""
        case .files: "_sandboa_paths -f \"\(current)\""
        case .directories: "_sandboa_paths -d \"\(current)\""
        // bash has parted NAME=FILE already; only FILE is ever completed.
        case .namedFile: nil
        }
    }

    private func function(_ name: String, on subject: String, _ cases: [String]) -> String {
        ([name + "() {", "    case \"\(subject)\" in"] + cases + ["    esac", "}", ""])
            .joined(separator: "\n")
    }

    private func joined(_ patterns: [String], indent: Int) -> String {
        let blank = String(repeating: " ", count: indent)
        return patterns.map { blank + $0 }.joined(separator: " | \\\n")
    }
}
