// Paths into a JSON value, as violations and errors spell them.

extension String {
    /// A JSON Pointer (RFC 6901) one step further down.
    package static func / (path: String, step: String) -> String {
        guard step.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") })
        else { return path + "/" + step }
        var escaped = path + "/"
        for character in step.unicodeScalars {
            switch character {
            case "~": escaped += "~0"
            case "/": escaped += "~1"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
