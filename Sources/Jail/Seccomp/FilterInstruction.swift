/// One instruction of a seccomp filter: the part of classic BPF that our filters use.
///
/// The kernel keeps a bitmap of numbers that are allowed whatever the arguments are, and finds them
/// by running the filter; it only understands these instructions when it does (linux
/// kernel/seccomp.c, seccomp_is_const_allow). Anything else would cost every call its fast path.
package enum FilterInstruction: Hashable, Sendable {
    /// A ← the 32-bit word of seccomp_data at this offset in bytes.
    case load(UInt32)
    /// A ← A & mask
    case and(UInt32)
    /// Skips this many instructions.
    case jump(UInt32)
    /// Skips `yes` instructions if the comparison of A with `value` holds, else `no`.
    case branch(Comparison, value: UInt32, yes: UInt8, no: UInt8)
    /// Ends the filter with this answer (`FilterAction.encoded`).
    case answer(UInt32)

    /// Unsigned, A on the left.
    package enum Comparison: UInt16, Hashable, Sendable {
        case equal = 0x15
        case greater = 0x25
        case greaterOrEqual = 0x35
        case anyBit = 0x45
    }

    private static let loadCode: UInt16 = 0x20
    private static let andCode: UInt16 = 0x54
    private static let jumpCode: UInt16 = 0x05
    private static let answerCode: UInt16 = 0x06

    /// struct sock_filter {u16 code; u8 jt, jf; u32 k} as one little-endian word.
    package var packed: UInt64 {
        switch self {
        case .load(let offset): Self.pack(Self.loadCode, offset)
        case .and(let mask): Self.pack(Self.andCode, mask)
        case .jump(let distance): Self.pack(Self.jumpCode, distance)
        case .answer(let action): Self.pack(Self.answerCode, action)
        case .branch(let comparison, let value, let yes, let no):
            Self.pack(comparison.rawValue, value) | UInt64(yes) << 16 | UInt64(no) << 24
        }
    }

    /// Nil for an instruction our filters don't use.
    package init?(packed: UInt64) {
        let code = UInt16(truncatingIfNeeded: packed)
        let (yes, no) = (
            UInt8(truncatingIfNeeded: packed >> 16), UInt8(truncatingIfNeeded: packed >> 24)
        )
        let value = UInt32(truncatingIfNeeded: packed >> 32)
        if let comparison = Comparison(rawValue: code) {
            self = .branch(comparison, value: value, yes: yes, no: no)
            return
        }
        guard yes == 0, no == 0 else { return nil }
        switch code {
        case Self.loadCode: self = .load(value)
        case Self.andCode: self = .and(value)
        case Self.jumpCode: self = .jump(value)
        case Self.answerCode: self = .answer(value)
        default: return nil
        }
    }

    private static func pack(_ code: UInt16, _ value: UInt32) -> UInt64 {
        UInt64(code) | UInt64(value) << 32
    }
}
