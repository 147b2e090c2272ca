// What is wrong with a policy, collected while it is read.
//
// Problems know a place in the tree. What that place is called (`tools.x.rules[0].name`) is found
// in one walk at the end: a file without problems pays nothing for it.

internal import Notation

/// Errors and warnings, each at a key or a value of the tree.
struct ProblemLog {
    /// A map and its first key stand at one position, hence the distinction.
    enum Place: Hashable {
        case key(YAMLPosition)
        case value(YAMLPosition)

        var position: YAMLPosition {
            switch self {
            case .key(let position), .value(let position): position
            }
        }
    }

    private struct Entry: Hashable {
        let severity: PolicyProblem.Severity
        let place: Place
        /// A key that is missing in the map at `place`.
        let member: String?
        let message: String
        let fix: String?
    }

    /// More are counted, not kept.
    static let maxProblems = 1000

    private var entries: [Entry] = []
    /// One piece of text can be read twice: through an alias.
    private var seen: Set<Entry> = []
    private var dropped = 0
    private(set) var hasErrors = false

    var isFull: Bool { entries.count >= Self.maxProblems }

    mutating func refuse(
        _ place: Place, missing member: String? = nil, _ message: String, fix: String? = nil
    ) {
        hasErrors = true
        add(Entry(severity: .error, place: place, member: member, message: message, fix: fix))
    }

    mutating func warn(
        _ place: Place, missing member: String? = nil, _ message: String, fix: String? = nil
    ) {
        add(Entry(severity: .warning, place: place, member: member, message: message, fix: fix))
    }

    private mutating func add(_ entry: Entry) {
        guard !isFull else {
            dropped += 1
            return
        }
        if seen.insert(entry).inserted { entries.append(entry) }
    }

    /// All of them, in the order of the file.
    func problems(in file: String, root: YAMLNode) -> [PolicyProblem] {
        guard !entries.isEmpty else { return [] }
        let paths = KeyPaths.paths(of: Set(entries.map(\.place)), in: root)
        var problems = entries.map { entry in
            var key = paths[entry.place] ?? ""
            if let member = entry.member { key += KeyPaths.spelled(member, after: key) }
            return PolicyProblem(
                entry.severity, at: mark(entry.place.position, file), key: key, entry.message,
                fix: entry.fix)
        }
        problems.sort { ($0.mark.line, $0.mark.column) < ($1.mark.line, $1.mark.column) }
        if dropped > 0, let last = problems.last {
            let severity: PolicyProblem.Severity = hasErrors ? .error : .warning
            let message = "and \(dropped) more problems that are not listed"
            problems.append(PolicyProblem(severity, at: last.mark, key: "", message))
        }
        return problems
    }

    private func mark(_ position: YAMLPosition, _ file: String) -> SourceMark {
        SourceMark(file: file, line: position.line, column: position.column)
    }
}
