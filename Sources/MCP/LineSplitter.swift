/// Cuts a byte stream into lines, whatever way the bytes were glued or split on the way.
///
/// One line is one message on stdio. A line end is `\n` or `\r\n`; blank lines mean nothing and
/// are dropped. A line above the limit is thrown away as it arrives, so a peer that never sends a
/// newline costs no memory, and service goes on with the line after it.
///
/// INVARIANT: `partial.count <= maxLineBytes`, and `partial` holds no newline. Every byte of the
/// input is looked at once, so the cost is linear in the input however it is chunked.
package struct LineSplitter: Sendable {
    /// What a piece of input completed.
    package enum Item: Hashable, Sendable {
        /// A whole line without its end; never blank.
        case line([UInt8])
        /// A line above the limit ended here; its content is gone. `bytes` was its length.
        case tooLong(bytes: Int)
    }

    /// 4 MiB: the size `JSONLimits.standard` stops at, so nothing shorter is lost.
    package static let standardMaxLineBytes = 4 << 20

    package let maxLineBytes: Int
    private var partial: [UInt8] = []
    /// Bytes already thrown away of the line under way; 0 while that line still fits.
    private var discardedBytes = 0

    package init(maxLineBytes: Int = LineSplitter.standardMaxLineBytes) {
        precondition(maxLineBytes > 0, "a line limit is at least one byte")
        self.maxLineBytes = maxLineBytes
    }

    /// Takes the next bytes of the stream and returns what they completed, in order.
    package mutating func feed(_ chunk: ArraySlice<UInt8>) -> [Item] {
        var items: [Item] = []
        var rest = chunk
        while let end = rest.firstIndex(of: Self.newline) {
            if let item = complete(with: rest[rest.startIndex..<end]) {
                items.append(item)
            }
            rest = rest[(end + 1)...]
        }
        hold(rest)
        return items
    }

    package mutating func feed(_ chunk: [UInt8]) -> [Item] {
        feed(chunk[...])
    }

    /// Ends the stream: a last line counts even if nobody ended it.
    package mutating func finish() -> Item? {
        complete(with: [])
    }

    private mutating func complete(with tail: ArraySlice<UInt8>) -> Item? {
        defer {
            partial = []
            discardedBytes = 0
        }
        if partial.isEmpty && discardedBytes == 0 {
            return Self.item(from: tail, maxBytes: maxLineBytes)
        }
        hold(tail)
        if discardedBytes > 0 {
            return .tooLong(bytes: discardedBytes)
        }
        return Self.item(from: partial[...], maxBytes: maxLineBytes)
    }

    /// Keeps the start of a line whose end has not come yet, or counts it once it is too long.
    private mutating func hold(_ bytes: ArraySlice<UInt8>) {
        if discardedBytes > 0 {
            discardedBytes += bytes.count
        } else if partial.count + bytes.count > maxLineBytes {
            discardedBytes = partial.count + bytes.count
            partial = []
        } else {
            partial.append(contentsOf: bytes)
        }
    }

    private static func item(from line: ArraySlice<UInt8>, maxBytes: Int) -> Item? {
        guard line.count <= maxBytes else {
            return .tooLong(bytes: line.count)
        }
        let body = line.last == carriageReturn ? line.dropLast() : line
        guard body.contains(where: { !isBlank($0) }) else {
            return nil
        }
        return .line(Array(body))
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == carriageReturn
    }

    private static let newline: UInt8 = 0x0A
    private static let carriageReturn: UInt8 = 0x0D
}
