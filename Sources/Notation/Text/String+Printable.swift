// Foreign text, made safe to show on a terminal.

extension String {
    /// The text with every control character and invisible formatting mark spelled out, so that
    /// what somebody else wrote can't move the cursor, change colors or reorder a line.
    package var printable: String {
        var result = ""
        for scalar in unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse,
                .surrogate, .unassigned:
                result += "\\u{" + String(scalar.value, radix: 16) + "}"
            default:
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
