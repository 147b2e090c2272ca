// What untrusted code prints must not drive the terminal of the person who reads it.

/// Makes control characters visible in a stream of bytes, across the borders of its pieces.
///
/// Tabs, line ends and carriage returns pass. Everything else that a terminal would act on, ESC
/// first of all, becomes its caret form; the C1 controls (U+0080 to U+009F) become U+FFFD.
struct TerminalFilter: Sendable {
    private var heldLead = false
    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    /// The harmless form of the next piece.
    mutating func clean(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for byte in bytes {
            if heldLead {
                heldLead = false
                if byte >= 0x80, byte <= 0x9F {
                    result += Self.replacement
                    continue
                }
                result.append(0xC2)
            }
            switch byte {
            case 0xC2: heldLead = true
            case 0x09, 0x0A, 0x0D: result.append(byte)
            case 0..<0x20: result += [0x5E, byte + 0x40]
            case 0x7F: result += [0x5E, 0x3F]
            default: result.append(byte)
            }
        }
        return result
    }
}
