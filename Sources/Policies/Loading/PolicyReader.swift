// Reads the tree of a policy into the model. One reader for three dialects: they share most forms,
// and `MapShape` says which keys each knows.
//
// INVARIANT: reading never stops at an error; what can't be read is left out and noted, and a
// policy with a noted error is never used.

internal import Notation

/// One pass over one file.
struct PolicyReader {
    let file: String
    let dialect: Policy.Dialect
    let isStrict: Bool
    let vocabulary: MapShape.Vocabulary
    var policy: Policy
    var log = ProblemLog()
    /// What the file says of all counters that say nothing themselves.
    var counterScope: CounterScope?
    var counterKind: CounterWindow.Kind?
    /// The counters of the file, and where each is.
    var counters: [CounterName: YAMLPosition] = [:]
    /// The entries of `tools`: `state.` paths may name a section that is still to be read.
    var tools: [YAMLEntry] = []
    /// Names that a `state.` path may begin with, made when the first one is read.
    var groups: Set<ExactText>?
    /// The `state.` paths of the file, to be looked up when all counters are known.
    var stateReads: [(counter: CounterName, node: YAMLNode)] = []
    /// Names that may still be compared to find what was meant: a file of typing errors must not
    /// take minutes.
    var comparisonsLeft = 20_000
    /// Compiled once, however often it is written.
    var patterns: [ExactText: Pattern] = [:]

    init(file: String, hash: String, dialect: Policy.Dialect, isStrict: Bool) {
        self.file = file
        self.dialect = dialect
        self.isStrict = isStrict
        vocabulary = MapShape.Vocabulary(dialect, isStrict: isStrict)
        policy = Policy(file: file, hash: hash, dialect: dialect)
    }

    var isNative: Bool { dialect == .sandboa }

    func mark(_ position: YAMLPosition) -> SourceMark {
        SourceMark(file: file, line: position.line, column: position.column)
    }

    func mark(_ node: YAMLNode) -> SourceMark { mark(node.position) }

    // MARK: Problems

    mutating func refuse(_ node: YAMLNode, _ message: String, fix: String? = nil) {
        log.refuse(.value(node.position), message, fix: fix)
    }

    mutating func warn(_ node: YAMLNode, _ message: String, fix: String? = nil) {
        log.warn(.value(node.position), message, fix: fix)
    }

    /// An error where this dialect is ours to define, a warning where Intercept lets it pass.
    mutating func refuseUnlessStrict(_ node: YAMLNode, _ message: String, fix: String? = nil) {
        if isStrict {
            warn(node, message, fix: fix)
        } else {
            refuse(node, message, fix: fix)
        }
    }

    /// The candidate that was meant, among few or many.
    mutating func nearest(to name: String, among candidates: [String]) -> String? {
        guard candidates.count <= comparisonsLeft else { return nil }
        comparisonsLeft -= candidates.count
        return Suggestion.nearest(to: name, among: candidates)
    }

    mutating func refuseMissing(_ key: String, in fields: Fields, fix: String? = nil) {
        log.refuse(.value(fields.node.position), missing: key, "is missing", fix: fix)
    }
}
