/// A place in a YAML text, as editors count: from 1, columns in characters.
package struct YAMLPosition: Hashable, Sendable, CustomStringConvertible {
    package let line: Int
    package let column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The place of the byte at `offset`. A line ends with LF, CR or CRLF.
    package init(ofByte offset: Int, in bytes: [UInt8]) {
        var line = 1
        var column = 1
        for place in 0..<min(offset, bytes.count) {
            let next = place + 1 < bytes.count ? bytes[place + 1] : 0
            switch (bytes[place], next) {
            case (0x0D, 0x0A), (0x80..<0xC0, _): break
            case (0x0D, _), (0x0A, _): (line, column) = (line + 1, 1)
            default: column += 1
            }
        }
        self.init(line: line, column: column)
    }

    package var description: String { "\(line):\(column)" }
}
