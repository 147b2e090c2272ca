internal import Notation

/// A JSON text for people: two spaces a level, small lists and maps in one line.
enum JSONLayout {
    static let maxColumns = 100

    static func text(of value: JSON) -> String {
        var text = ""
        write(value, indent: 0, to: &text)
        return text + "\n"
    }

    /// Recurses as deep as the value, which its maker bounds.
    private static func write(_ value: JSON, indent: Int, to text: inout String) {
        let line = spaced(value)
        let isTop = indent == 0
        let holdsMaps = value.asObject?.contains { $0.value.asObject?.isEmpty == false } == true
        if !isTop, !holdsMaps, indent + line.count <= maxColumns - 24 || value.isScalar {
            text += line
            return
        }
        let margin = String(repeating: " ", count: indent + 2)
        let end = String(repeating: " ", count: indent)
        switch value {
        case .array(let elements):
            text += "["
            for (place, element) in elements.enumerated() {
                text += (place == 0 ? "\n" : ",\n") + margin
                write(element, indent: indent + 2, to: &text)
            }
            text += "\n" + end + "]"
        case .object(let object):
            text += "{"
            for (place, member) in object.enumerated() {
                text += (place == 0 ? "\n" : ",\n") + margin + JSON.string(member.key).text + ": "
                write(member.value, indent: indent + 2, to: &text)
            }
            text += "\n" + end + "}"
        default: text += line
        }
    }

    private static func spaced(_ value: JSON) -> String {
        switch value {
        case .array(let elements):
            "[" + elements.map(spaced).joined(separator: ", ") + "]"
        case .object(let object) where object.isEmpty: "{}"
        case .object(let object):
            "{ "
                + object.map { JSON.string($0.key).text + ": " + spaced($0.value) }
                .joined(separator: ", ") + " }"
        default: value.text
        }
    }
}

extension JSON {
    fileprivate var isScalar: Bool {
        switch self {
        case .array, .object: false
        default: true
        }
    }
}
