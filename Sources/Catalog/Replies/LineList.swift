// Long lists, cut where a reader stops reading, and said.

/// Collects lines up to a number of bytes: names from a disk can be as long as their makers like.
struct LineList {
    /// Bytes of text a list may have in a result.
    static let maximumBytes = 1 << 18

    private(set) var lines: [String] = []
    /// Lines that were left out.
    private(set) var omitted = 0
    private var bytes = 0

    /// Whether the line was taken. After one that was not, none is.
    @discardableResult
    mutating func add(_ line: String) -> Bool {
        bytes += line.utf8.count + 1
        if bytes > Self.maximumBytes { omitted += 1 } else { lines.append(line) }
        return bytes <= Self.maximumBytes
    }

    var text: String { lines.joined(separator: "\n") }
}
