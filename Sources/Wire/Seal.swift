// The seal of a run: how its result is told from everything else that arrives on the channel.

/// Sixteen random bytes that go in with a job and come back at the head of its result.
///
/// A program can write to every descriptor its worker holds, the result's channel among them. What
/// it writes there without the seal is skipped, so it can neither pass for the result nor spoil it.
/// A program that digs the seal out of its own memory can lie about its own result; whatever it
/// says there was never more than its own word.
package struct Seal: Hashable, Sendable {
    package static let byteCount = 16
    package let bytes: [UInt8]

    /// A fresh one, from the system's generator.
    package init() {
        var generator = SystemRandomNumberGenerator()
        bytes = (0..<2).flatMap { _ -> [UInt8] in
            let word = generator.next()
            return (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) }
        }
    }

    /// How the first field of a result under this seal looks, header and all.
    package var mark: [UInt8] { [10, 0, 0, 0, UInt8(Self.byteCount), 0, 0, 0] + bytes }
}
