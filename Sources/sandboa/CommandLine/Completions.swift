/// The script that teaches a shell the command table.
///
/// INVARIANT: the scripts run nothing of ours when a key is pressed; all words are in the script.
/// A word from the vocabulary is a name, which no shell takes for code, or it is left out.
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
        case .words(let words): .words(words.filter(\.isName))
        case .list(let words): .list(words.filter(\.isName))
        case let other: other
        }
    }

    /// The operands a shell can tell apart by their place, in order.
    func placed(_ command: Command) -> [Operand] {
        command.operands.filter { operand in
            if case .name = operand.kind { return operand.count != .anyBehindDashes }
            return operand.count == .once
        }
    }
}
