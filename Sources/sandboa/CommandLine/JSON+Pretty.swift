import Notation

/// JSON for people: two spaces a level, one member a line, lists of plain values in one line.
extension JSON {
    var pretty: String { pretty(indent: 0) }

    private func pretty(indent: Int) -> String {
        let inner = String(repeating: "  ", count: indent + 1)
        let outer = String(repeating: "  ", count: indent)
        switch self {
        case .object(let object) where !object.isEmpty:
            let members = object.map { key, value in
                inner + JSON.string(key).text + ": " + value.pretty(indent: indent + 1)
            }
            return "{\n" + members.joined(separator: ",\n") + "\n" + outer + "}"
        case .array(let items) where items.contains(where: \.isNested):
            let lines = items.map { inner + $0.pretty(indent: indent + 1) }
            return "[\n" + lines.joined(separator: ",\n") + "\n" + outer + "]"
        case .array(let items):
            return "[" + items.map(\.text).joined(separator: ", ") + "]"
        default:
            return text
        }
    }

    private var isNested: Bool {
        switch self {
        case .array, .object: true
        case .null, .bool, .integer, .number, .string: false
        }
    }
}
