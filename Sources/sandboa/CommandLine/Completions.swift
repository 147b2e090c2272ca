/// The script that teaches a shell the command table.
///
/// INVARIANT: the scripts run nothing of ours when a key is pressed; all words are in the script.
/// Words from the vocabulary are shell-safe: letters, digits, `_` and `-`, or they are left out.
struct Completions: Sendable {
    enum Shell: String, CaseIterable, Sendable {
        case bash, zsh, fish
    }

    let vocabulary: Vocabulary

    func script(for shell: Shell) -> String {
        switch shell {
        case .bash: BashCompletion(source: self).script
        case .zsh: ZshCompletion(source: self).script
        case .fish: FishCompletion(source: self).script
        }
    }

    func hint(_ kind: ValueKind) -> CompletionHint {
        switch CompletionHint(kind, vocabulary: vocabulary) {
        case .words(let words): .words(words.filter(Self.isSafe))
        case .list(let words): .list(words.filter(Self.isSafe))
        case let other: other
        }
    }

    /// The operands a shell can tell apart by their place, in order.
    func placed(_ command: Command) -> [Operand] {
        command.operands.filter { $0.count == .once }
    }

    static func isSafe(_ word: String) -> Bool {
        !word.isEmpty
            && word.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default:
                    false
                }
            }
    }
}
