// Counts characters in a stream of bytes, whatever the bytes are and wherever the stream is cut.

/// Counts Unicode scalars as decoding the whole stream would give them: a sequence that is no UTF-8
/// is one replacement character for each longest valid beginning (Unicode 16, section 3.9).
struct CharacterCounter: Sendable {
    private(set) var count: Int64 = 0
    /// Bytes that the sequence at the end still lacks, and the range of the next one.
    private var lacking = 0
    private var lowest: UInt8 = 0x80
    private var highest: UInt8 = 0xBF

    mutating func add(_ bytes: ArraySlice<UInt8>) {
        for byte in bytes {
            if lacking > 0, byte >= lowest, byte <= highest {
                lacking -= 1
                (lowest, highest) = (0x80, 0xBF)
            } else {
                count += 1
                lacking = 0
                if byte >= 0x80 { begin(byte) }
            }
        }
    }

    /// Table 3-7 of the Unicode standard: which second bytes each first byte allows.
    private mutating func begin(_ byte: UInt8) {
        (lowest, highest) = (0x80, 0xBF)
        switch byte {
        case 0xC2...0xDF: lacking = 1
        case 0xE0...0xEF:
            lacking = 2
            if byte == 0xE0 { lowest = 0xA0 }
            if byte == 0xED { highest = 0x9F }
        case 0xF0...0xF4:
            lacking = 3
            if byte == 0xF0 { lowest = 0x90 }
            if byte == 0xF4 { highest = 0x8F }
        default: lacking = 0
        }
    }
}
