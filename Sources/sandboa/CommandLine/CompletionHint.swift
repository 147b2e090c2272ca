/// What a shell can offer where a value is wanted.
enum CompletionHint: Hashable, Sendable {
    case nothing
    case words([String])
    /// Words joined by commas.
    case list([String])
    case files
    case directories
    /// A file behind `NAME=`.
    case namedFile

    init(_ kind: ValueKind, vocabulary: Vocabulary) {
        switch kind {
        case .flag, .text, .integer, .duration, .size, .pair, .object: self = .nothing
        case .file: self = .files
        case .directory: self = .directories
        case .choice(let words): self = .words(words)
        case .name(let lists): self = .words(vocabulary.names(lists))
        case .names(let lists): self = .list(vocabulary.names(lists))
        case .namedFile, .nameOrNamedFile: self = .namedFile
        }
    }
}
