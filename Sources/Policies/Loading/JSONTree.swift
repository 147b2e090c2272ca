// JSON text as the tree that policies are read from, with the place of every value.
//
// The parser of Notation judges the text first; this walk only adds places. libyaml can't stand
// in: it refuses surrogate escapes, and takes 1e400 for text.
//
// INVARIANT: the walk sees only text that the parser accepted, so its depth is bounded.

internal import Notation

/// Walks over one JSON text.
struct JSONTree {
    static let limits = JSONLimits(maxBytes: PolicyLoader.maxBytes, refusesCaseVariants: true)

    private let bytes: [UInt8]
    private var offset = 0
    private var line = 1
    private var column = 1

    static func root(of bytes: [UInt8]) throws(JSONError) -> YAMLNode {
        _ = try JSON(parsing: bytes, limits: limits)
        var tree = JSONTree(bytes: bytes)
        return try tree.value()
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func value() throws(JSONError) -> YAMLNode {
        let position = place()
        switch bytes[offset] {
        case UInt8(ascii: "{"): return YAMLNode(.mapping(try members()), at: position)
        case UInt8(ascii: "["): return YAMLNode(.sequence(try elements()), at: position)
        default: return YAMLNode(.scalar(try scalar()), at: position)
        }
    }

    private mutating func members() throws(JSONError) -> [YAMLEntry] {
        var entries: [YAMLEntry] = []
        step()
        while !ends(with: UInt8(ascii: "}")) {
            let position = place()
            let key = try scalar().text
            _ = place()
            step()
            entries.append(YAMLEntry(key: key, keyPosition: position, value: try value()))
        }
        return entries
    }

    private mutating func elements() throws(JSONError) -> [YAMLNode] {
        var elements: [YAMLNode] = []
        step()
        while !ends(with: UInt8(ascii: "]")) { elements.append(try value()) }
        return elements
    }

    /// Steps over a comma; true behind the bracket that closes.
    private mutating func ends(with close: UInt8) -> Bool {
        _ = place()
        if bytes[offset] == UInt8(ascii: ",") {
            step()
            _ = place()
        }
        guard bytes[offset] == close else { return false }
        step()
        return true
    }

    private mutating func scalar() throws(JSONError) -> YAMLScalar {
        let start = offset
        let isText = bytes[start] == UInt8(ascii: "\"")
        if isText { skipText() } else { skipWord() }
        let json = try JSON(parsing: bytes.span.extracting(start..<offset), limits: Self.limits)
        let spelled = String(decoding: bytes[start..<offset], as: UTF8.self)
        let value: YAMLValue =
            switch json {
            case .bool(let value): .bool(value)
            case .integer(let value): .integer(value)
            case .number(let text): .number(text)
            case .string: .string
            default: .null
            }
        return YAMLScalar(
            text: json.asString ?? spelled, style: isText ? .doubleQuoted : .plain, value: value)
    }

    private mutating func skipText() {
        step()
        while bytes[offset] != UInt8(ascii: "\"") {
            if bytes[offset] == UInt8(ascii: "\\") { step() }
            step()
        }
        step()
    }

    private mutating func skipWord() {
        let ends: [UInt8] = [0x09, 0x0A, 0x0D, 0x20, 0x2C, 0x5D, 0x7D]
        while offset < bytes.count, !ends.contains(bytes[offset]) { step() }
    }

    /// The place of the next byte that is not white space.
    private mutating func place() -> YAMLPosition {
        while offset < bytes.count, bytes[offset] <= 0x20 { step() }
        return YAMLPosition(line: line, column: column)
    }

    /// Steps over one byte. A line ends with LF, CR or CRLF; columns count characters.
    private mutating func step() {
        let byte = bytes[offset]
        offset += 1
        switch byte {
        case 0x0D where offset < bytes.count && bytes[offset] == 0x0A: break
        case 0x0A, 0x0D: (line, column) = (line + 1, 1)
        case 0x80..<0xC0: break
        default: column += 1
        }
    }
}
