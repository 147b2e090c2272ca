// Paragraphs for a terminal of a given width.

extension String {
    /// The text in lines of at most `width` characters, broken at spaces, and inside a word only
    /// where the word alone is wider. Counts characters as one column each.
    func wrapped(to width: Int) -> [String] {
        precondition(width > 0, "A line has at least one column.")
        var lines: [String] = []
        var line = ""
        for word in split(separator: " ") {
            var rest = word
            if !line.isEmpty, line.count + 1 + rest.count > width {
                lines.append(line)
                line = ""
            }
            while line.isEmpty, rest.count > width {
                lines.append(String(rest.prefix(width)))
                rest = rest.dropFirst(width)
            }
            line += (line.isEmpty ? "" : " ") + rest
        }
        if !line.isEmpty || lines.isEmpty { lines.append(line) }
        return lines
    }
}
