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
    /// Names that a `state.` path may begin with.
    var groups: Set<ExactText> = []
    /// The `state.` paths of the file, to be looked up when all counters are known.
    var stateReads: [(counter: CounterName, node: YAMLNode)] = []
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

    mutating func refuseMissing(_ key: String, in fields: Fields, fix: String? = nil) {
        log.refuse(.value(fields.node.position), missing: key, "is missing", fix: fix)
    }
}

/// What the rules of a section are called by, and what is counted together.
struct SectionContext {
    let target: Section.Target
    /// As in the names of rules: `pip-install`, `*`, `category:destructive`.
    let name: String
    /// As in the names of counters.
    let group: String
    /// As in the names of rules of policy.json: `/tools/pip-install`.
    let pointer: String

    static func tool(_ name: String, isNative: Bool) -> SectionContext {
        if name == "*" {
            return SectionContext(
                target: .everyTool, name: "*", group: CounterName.everyTool, pointer: "/tools/*")
        }
        let isGlob = isNative && hasWildcard(name)
        return SectionContext(
            target: isGlob ? .glob(name) : .tool(name), name: name, group: name,
            pointer: "/tools" / name)
    }

    static let allTools = SectionContext(
        target: .everyTool, name: "*", group: CounterName.everyTool, pointer: "/all_tools")

    static func category(_ category: Category) -> SectionContext {
        let word = category.rawValue.lowercased()
        let name = "category:" + word
        return SectionContext(
            target: .category(category), name: name, group: name, pointer: "/categories/" + word)
    }

    static func hasWildcard(_ name: String) -> Bool {
        name.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
    }
}
