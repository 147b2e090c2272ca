/// Text of a client, cut down for an error message: short, on one line, nothing a terminal obeys.
enum Excerpt {
    static let maxScalars = 64

    /// The text in quotes, clipped.
    static func quote(_ text: String) -> String {
        "\"" + clip(text) + "\""
    }

    static func clip(_ text: String, most: Int = maxScalars) -> String {
        var scalars = String.UnicodeScalarView()
        for (position, scalar) in text.unicodeScalars.enumerated() {
            guard position < most else {
                return String(scalars) + "…"
            }
            scalars.append(isHarmless(scalar) ? scalar : "\u{FFFD}")
        }
        return String(scalars)
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
            false
        default:
            true
        }
    }
}
