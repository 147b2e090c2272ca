// Keyed digests, and the comparison that goes with them.

internal import Notation

/// HMAC-SHA-256 under one key: a digest that nobody without the key can guess values by.
package struct HMAC: Sendable, CustomStringConvertible {
    private let key: [UInt8]

    package init(key: [UInt8]) { self.key = key }

    /// Never the key.
    package var description: String { "a keyed digest" }

    package func digest(_ bytes: [UInt8]) -> [UInt8] { Crypto.hmac(key, bytes) }

    /// In lower-case hexadecimal digits, 64 of them.
    package func hex(_ bytes: [UInt8]) -> String { Hex.encode(digest(bytes)) }
}

/// Comparison that takes as long for equal bytes as for others.
package enum ConstantTime {
    package static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        Crypto.areEqual(left, right)
    }
}
