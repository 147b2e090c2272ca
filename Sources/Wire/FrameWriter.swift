// Puts frames together.

/// Builds one frame, field by field.
package struct FrameWriter {
    private var bytes: [UInt8]

    package init(kind: UInt16, reserving room: Int = 256) {
        bytes = []
        bytes.reserveCapacity(room)
        append(UInt64(Frame.magic), width: 4)
        append(UInt64(Frame.version), width: 2)
        append(UInt64(kind), width: 2)
        append(0, width: 4)
    }

    package mutating func add(_ tag: UInt16, _ content: [UInt8]) {
        header(tag, content.count)
        bytes += content
    }

    package mutating func add(_ tag: UInt16, _ text: String) {
        header(tag, text.utf8.count)
        bytes += text.utf8
    }

    package mutating func add(_ tag: UInt16, texts: [String]) {
        for text in texts { add(tag, text) }
    }

    package mutating func add(_ tag: UInt16, _ value: UInt32) {
        header(tag, 4)
        append(UInt64(value), width: 4)
    }

    package mutating func add(_ tag: UInt16, _ value: UInt64) {
        header(tag, 8)
        append(value, width: 8)
    }

    package mutating func add(_ tag: UInt16, signed value: Int64) {
        add(tag, UInt64(bitPattern: value))
    }

    package mutating func add(_ tag: UInt16, flag: Bool) { add(tag, UInt32(flag ? 1 : 0)) }

    /// The frame with its size filled in.
    package consuming func finished() -> [UInt8] {
        let size = bytes.count - Frame.headerBytes
        precondition(size <= Frame.maximumBytes, "a frame has at most \(Frame.maximumBytes) bytes")
        for offset in 0..<4 {
            bytes[8 + offset] = UInt8(truncatingIfNeeded: size >> (8 * offset))
        }
        return bytes
    }

    private mutating func header(_ tag: UInt16, _ count: Int) {
        append(UInt64(tag), width: 2)
        append(0, width: 2)
        append(UInt64(count), width: 4)
    }

    private mutating func append(_ value: UInt64, width: Int) {
        for offset in 0..<width {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * offset)))
        }
    }
}
