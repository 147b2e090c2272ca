// What places of a policy are called: `tools.send-mail.rules[0].rate_limit`.

internal import Notation

/// Finds the key paths of places in a tree.
struct KeyPaths {
    private let wanted: Set<ProblemLog.Place>
    private var found: [ProblemLog.Place: String] = [:]
    private var steps: [String] = []

    static func paths(
        of wanted: Set<ProblemLog.Place>, in root: YAMLNode
    ) -> [ProblemLog.Place: String] {
        var paths = KeyPaths(wanted: wanted)
        paths.visit(root)
        return paths.found
    }

    /// A key as a step of a path; in quotes when it holds what separates steps.
    static func spelled(_ key: String, after path: String) -> String {
        let special = key.utf8.contains { $0 <= 0x20 || ".[]\"".utf8.contains($0) }
        let name = special || key.isEmpty ? JSON.string(key).text : key
        return path.isEmpty ? name : "." + name
    }

    private init(wanted: Set<ProblemLog.Place>) { self.wanted = wanted }

    /// Recurses as deep as the tree, which the loader bounds.
    private mutating func visit(_ node: YAMLNode) {
        note(.value(node.position))
        switch node.content {
        case .scalar: break
        case .sequence(let elements):
            for (index, element) in elements.enumerated() {
                steps.append("[\(index)]")
                visit(element)
                steps.removeLast()
            }
        case .mapping(let entries):
            for entry in entries {
                steps.append(Self.spelled(entry.key, after: steps.first ?? ""))
                note(.key(entry.keyPosition))
                visit(entry.value)
                steps.removeLast()
            }
        }
    }

    /// The first way to a place counts: an alias shows the same place again.
    private mutating func note(_ place: ProblemLog.Place) {
        guard wanted.contains(place), found[place] == nil else { return }
        found[place] = steps.joined()
    }
}
