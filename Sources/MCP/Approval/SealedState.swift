// What a question leaves with the client until it calls again, in 2026-07-28: `requestState`.
//
//     offset  bytes  what
//          0      1  version, 1
//          1      8  expiry, milliseconds since 1970, big-endian
//          9     16  nonce
//         25     32  digest of the tool's name
//         57     32  digest of the canonical arguments
//         89     32  digest of the policy's hash
//        121     32  digest of the client's identity
//        153     32  digest of the question, text and form
//        185     32  seal over all of the above
//
// As base64url without padding: 290 letters, always. It holds no secret and no text.
//
// INVARIANT: nothing of a state is read before its seal is found right.

import Notation

/// The promise that this question was asked about this call, by us, not long ago.
struct SealedState: Hashable {
    /// Bytes of a nonce.
    static let nonceBytes = 16
    static let version: UInt8 = 1
    private static let payloadBytes = 1 + 8 + nonceBytes + 5 * StateSeal.bytes
    /// Letters of the text.
    static let textBytes = ((payloadBytes + StateSeal.bytes) * 4 + 2) / 3

    /// The state is good before this moment, and not at it.
    let expiry: Int64
    let nonce: [UInt8]
    /// Tool, arguments, policy, client, question.
    private let digests: [[UInt8]]

    init(_ subject: ApprovalSubject, expiry: Int64, nonce: [UInt8], _ seal: StateSeal) {
        precondition(nonce.count == Self.nonceBytes, "a nonce has 16 random bytes")
        self.expiry = expiry
        self.nonce = nonce
        digests = Self.digests(of: subject, seal)
    }

    private static func digests(of subject: ApprovalSubject, _ seal: StateSeal) -> [[UInt8]] {
        [
            Array(subject.tool.utf8), JSON.object(subject.arguments).canonicalBytes,
            Array(subject.policyHash.utf8), subject.client, subject.question.canonicalBytes,
        ].map(seal.digest)
    }

    /// The text for `requestState`.
    func text(_ seal: StateSeal) -> String {
        var bytes = [Self.version]
        let number = UInt64(bitPattern: expiry)
        for shift in stride(from: 56, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(shift)))
        }
        bytes += nonce
        bytes += digests.joined()
        return Base64URL.encode(bytes + seal.seal(bytes))
    }

    /// Reads a text that came from the client. Throws `.malformed` or `.wrongSeal`.
    init(_ text: String, _ seal: StateSeal) throws(ApprovalDenial) {
        guard text.utf8.count == Self.textBytes, let bytes = Base64URL.decode(text),
            bytes.count == Self.payloadBytes + StateSeal.bytes
        else {
            throw .malformed
        }
        let payload = Array(bytes[..<Self.payloadBytes])
        guard StateSeal.isSame(seal.seal(payload), Array(bytes[Self.payloadBytes...])) else {
            throw .wrongSeal
        }
        guard payload[0] == Self.version else {
            throw .malformed
        }
        expiry = Int64(bitPattern: payload[1..<9].reduce(0) { $0 << 8 | UInt64($1) })
        nonce = Array(payload[9..<9 + Self.nonceBytes])
        digests = stride(
            from: 9 + Self.nonceBytes, to: Self.payloadBytes, by: StateSeal.bytes
        ).map { Array(payload[$0..<$0 + StateSeal.bytes]) }
    }

    /// Whether the state is still good, and about this. Throws `.expired`, `.otherCall` with
    /// the first difference, or `.reworded`.
    func check(
        against subject: ApprovalSubject, now: Int64, _ seal: StateSeal
    ) throws(ApprovalDenial) {
        guard now < expiry else { throw .expired }
        let wanted = Self.digests(of: subject, seal)
        for (place, difference) in Self.order.enumerated()
        where !StateSeal.isSame(digests[place], wanted[place]) {
            throw difference
        }
    }

    /// What a difference of each digest means.
    private static let order: [ApprovalDenial] = [
        .otherCall(.tool), .otherCall(.arguments), .otherCall(.policy), .otherCall(.client),
        .reworded,
    ]
}
