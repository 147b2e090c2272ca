// Where a cell that is typed line by line ends. Pure.

/// Puts lines together to cells.
///
/// A cell ends with its line, unless a bracket, a string or a `\` is open. One with a line that
/// ends in a colon, or that begins with a decorator, goes on until a blank line.
struct CellReader: Sendable {
    private var lines: [String] = []
    private var bytes = 0
    private var depth = 0
    /// The quote of the string that is open, one or three.
    private var quote: [UInt8] = []
    private var isContinued = false
    private var isBlock = false

    /// Longest cell, in bytes; what is beyond begins another.
    static let maximumBytes = 1 << 20

    var isEmpty: Bool { lines.isEmpty }

    /// Takes a line without its end; gives the cell that it completes.
    mutating func add(_ line: String) -> String? {
        let isBlank = line.allSatisfy { $0 == " " || $0 == "\t" }
        if isBlank, lines.isEmpty { return nil }
        if lines.isEmpty, line.hasPrefix("@") { isBlock = true }
        lines.append(line)
        bytes += line.utf8.count + 1
        scan(Array(line.utf8))
        if bytes > Self.maximumBytes { return finish() }
        if !quote.isEmpty || depth > 0 || isContinued { return nil }
        return isBlock && !isBlank ? nil : finish()
    }

    /// What has been typed so far, as a cell; nil: nothing.
    mutating func finish() -> String? {
        let cell = lines.isEmpty ? nil : lines.joined(separator: "\n")
        self = CellReader()
        return cell
    }

    private mutating func scan(_ line: [UInt8]) {
        isContinued = false
        var last: UInt8?
        var at = 0
        while at < line.count {
            let byte = line[at]
            if byte == UInt8(ascii: "\\") {
                isContinued = at + 1 == line.count && quote.count < 3
                at += 2
            } else if !quote.isEmpty {
                if line[at...].starts(with: quote) {
                    at += quote.count
                    quote = []
                    last = byte
                } else {
                    at += 1
                }
            } else if byte == UInt8(ascii: "#") {
                break
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                let triple = [byte, byte, byte]
                quote = line[at...].starts(with: triple) ? triple : [byte]
                at += quote.count
            } else {
                if "([{".utf8.contains(byte) { depth += 1 }
                if ")]}".utf8.contains(byte) { depth = max(0, depth - 1) }
                if byte != 0x20, byte != 0x09 { last = byte }
                at += 1
            }
        }
        // A string of one quote ends with its line, whether it is closed or not.
        if quote.count == 1, !isContinued { quote = [] }
        if last == UInt8(ascii: ":"), depth == 0, quote.isEmpty { isBlock = true }
    }
}
