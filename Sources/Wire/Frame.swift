// Frames: the one binary form for everything that supervisor, zygote and worker tell each other.
//
// A header (magic, version, kind, size of the rest), then fields (tag, reserved, size, bytes), all
// little endian. The worker's C driver reads and writes the same form (CPythonHost/sbx_frame.h).
//
// A frame from a worker is hostile: reading one allocates nothing beyond the bytes at hand, refuses
// whatever does not add up, and gives every field the type its reader asked for, or nothing.

/// One frame, taken apart.
package struct Frame: Hashable, Sendable {
    package static let magic: UInt32 = 0x3158_4253  // "SBX1"
    package static let version: UInt16 = 1
    package static let headerBytes = 12
    package static let fieldHeaderBytes = 8
    /// Longest frame anybody accepts.
    package static let maximumBytes = 16 << 20
    /// Most fields in one frame.
    package static let maximumFields = 4096

    package let kind: UInt16
    private let bytes: [UInt8]
    private let fields: [Field]

    private struct Field: Hashable, Sendable {
        let tag: UInt16
        let start: Int
        let count: Int
    }

    /// Takes a whole frame apart; bytes after it are an error.
    package init(_ bytes: [UInt8]) throws(FrameError) {
        let (kind, size) = try Frame.header(of: bytes)
        guard bytes.count == Frame.headerBytes + size else { throw .badSize }
        var fields: [Field] = []
        var at = Frame.headerBytes
        while at < bytes.count {
            guard bytes.count - at >= Frame.fieldHeaderBytes else { throw .badSize }
            guard fields.count < Frame.maximumFields else { throw .tooManyFields }
            let tag = UInt16(truncatingIfNeeded: bytes.littleEndian(at: at, width: 2))
            let count = Int(bytes.littleEndian(at: at + 4, width: 4))
            at += Frame.fieldHeaderBytes
            guard count <= bytes.count - at else { throw .badSize }
            fields.append(Field(tag: tag, start: at, count: count))
            at += count
        }
        self.kind = kind
        self.bytes = bytes
        self.fields = fields
    }

    /// The kind and the size of what follows the header; needs `headerBytes` bytes.
    package static func header(of bytes: [UInt8]) throws(FrameError) -> (kind: UInt16, size: Int) {
        guard bytes.count >= headerBytes else { throw .badSize }
        guard bytes.littleEndian(at: 0, width: 4) == UInt64(magic) else { throw .badMagic }
        guard bytes.littleEndian(at: 4, width: 2) == UInt64(version) else { throw .badVersion }
        let size = Int(bytes.littleEndian(at: 8, width: 4))
        guard size <= maximumBytes else { throw .tooLong }
        return (UInt16(truncatingIfNeeded: bytes.littleEndian(at: 6, width: 2)), size)
    }

    package func bytes(_ tag: UInt16) -> [UInt8]? {
        fields.first { $0.tag == tag }.map { Array(bytes[$0.start..<$0.start + $0.count]) }
    }

    package func all(_ tag: UInt16) -> [[UInt8]] {
        fields.filter { $0.tag == tag }.map { Array(bytes[$0.start..<$0.start + $0.count]) }
    }

    /// Text of at most so many bytes, with what is not UTF-8 replaced.
    package func text(_ tag: UInt16, limit: Int = maximumBytes) -> String? {
        bytes(tag).map { String(decoding: $0.prefix(limit), as: UTF8.self) }
    }

    package func texts(_ tag: UInt16) -> [String] {
        all(tag).map { String(decoding: $0, as: UTF8.self) }
    }

    /// An unsigned number of 4 or 8 bytes.
    package func number(_ tag: UInt16) -> UInt64? {
        guard let field = fields.first(where: { $0.tag == tag }),
            field.count == 4 || field.count == 8
        else { return nil }
        return bytes.littleEndian(at: field.start, width: field.count)
    }

    package func signed(_ tag: UInt16) -> Int64? {
        guard let field = fields.first(where: { $0.tag == tag }), let value = number(tag)
        else { return nil }
        return field.count == 4
            ? Int64(Int32(bitPattern: UInt32(truncatingIfNeeded: value)))
            : Int64(bitPattern: value)
    }

    package func flag(_ tag: UInt16) -> Bool { number(tag) == 1 }
}

/// Why bytes are no frame.
package enum FrameError: Error, Hashable, Sendable {
    case badMagic, badVersion, badSize, tooLong, tooManyFields
    /// A frame of this kind lacks a field it cannot do without.
    case incomplete(kind: UInt16)
}

extension [UInt8] {
    /// An unsigned little-endian number of `width` bytes; the caller has checked the bounds.
    func littleEndian(at start: Int, width: Int) -> UInt64 {
        var value: UInt64 = 0
        for offset in 0..<width { value |= UInt64(self[start + offset]) << UInt64(8 * offset) }
        return value
    }
}
