/// The two functions of cryptography that sealing takes, given by the owner: this module has none.
///
/// INVARIANT: the key lives no longer than the memory of used nonces (`UsedNonces`). A key that
/// survived a restart would revive every yes that was used before it.
package struct StateSeal: Sendable {
    /// Bytes that either function returns.
    package static let bytes = 32

    private let mac: @Sendable ([UInt8]) -> [UInt8]
    private let hash: @Sendable ([UInt8]) -> [UInt8]

    /// - Parameters:
    ///   - mac: HMAC-SHA-256 under a random key of 32 bytes.
    ///   - hash: SHA-256.
    package init(
        mac: @escaping @Sendable ([UInt8]) -> [UInt8],
        hash: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) {
        self.mac = mac
        self.hash = hash
    }

    /// The seal over a state. The label keeps it apart from anything else under the same key.
    func seal(_ state: [UInt8]) -> [UInt8] {
        checked(mac(Array("sandboa approval state\0".utf8) + state))
    }

    func digest(_ bytes: [UInt8]) -> [UInt8] {
        checked(hash(bytes))
    }

    private func checked(_ output: [UInt8]) -> [UInt8] {
        precondition(output.count == Self.bytes, "HMAC-SHA-256 and SHA-256 return 32 bytes")
        return output
    }

    /// Compares all bytes, so that time does not tell how many were right.
    static func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for place in left.indices {
            difference |= left[place] ^ right[place]
        }
        return difference == 0
    }
}
