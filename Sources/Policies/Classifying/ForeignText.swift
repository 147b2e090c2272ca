// What servers write about themselves, made safe to show.

extension String {
    /// The text on one line, at most `limit` characters, with what can't be seen spelled out, so
    /// that foreign words can't leave a comment, move a cursor or reorder a line.
    func legible(limit: Int) -> String {
        var shown = ""
        var count = 0
        for scalar in unicodeScalars {
            if count == limit { return shown + "…" }
            count += 1
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse,
                .surrogate, .unassigned:
                shown += "\\u{" + String(scalar.value, radix: 16) + "}"
            default:
                shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }
}
