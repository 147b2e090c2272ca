// SHA-256, for names, chains and digests.

internal import Notation

/// SHA-256 of bytes in memory.
package enum SHA256 {
    package static func digest(_ bytes: [UInt8]) -> [UInt8] { Crypto.sha256(bytes) }

    /// In lower-case hexadecimal digits, 64 of them.
    package static func hex(_ bytes: [UInt8]) -> String { Hex.encode(Crypto.sha256(bytes)) }
}
