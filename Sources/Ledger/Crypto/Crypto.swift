// The one wrapper of libcrypto: digests, keyed digests, signatures, comparison.

internal import CCrypto

/// Why libcrypto could not do it.
struct CryptoError: Error, Hashable, Sendable {
    /// `errno`.
    let code: Int32
    static let notSupported: Int32 = 95
}

/// The calls of the shim, as functions on bytes.
enum Crypto {
    static let digestBytes = 32
    static let keyBytes = 32
    static let signatureBytes = 64

    // SAFETY: in all of these the arrays are only read within their own counts, and the shim
    // writes exactly the size that `filled` gives the result.
    static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        let digest = unsafe filled(digestBytes) { unsafe sbx_sha256(bytes, bytes.count, $0) }
        guard let digest else { preconditionFailure("SHA-256 does not fail") }
        return digest
    }

    static func hmac(_ key: [UInt8], _ bytes: [UInt8]) -> [UInt8] {
        // SAFETY: as above.
        let digest = unsafe filled(digestBytes) {
            unsafe sbx_hmac_sha256(key, key.count, bytes, bytes.count, $0)
        }
        guard let digest else { preconditionFailure("HMAC-SHA-256 does not fail") }
        return digest
    }

    static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        // SAFETY: both have `left.count` bytes.
        return unsafe sbx_equal_in_constant_time(left, right, left.count) == 1
    }

    static func publicKey(of seed: [UInt8]) -> [UInt8]? {
        guard seed.count == keyBytes else { return nil }
        // SAFETY: a seed has 32 bytes.
        return unsafe filled(keyBytes) { unsafe sbx_ed25519_public(seed, $0) }
    }

    static func sign(_ bytes: [UInt8], with seed: [UInt8]) -> [UInt8]? {
        guard seed.count == keyBytes else { return nil }
        // SAFETY: a seed has 32 bytes.
        return unsafe filled(signatureBytes) {
            unsafe sbx_ed25519_sign(seed, bytes, bytes.count, $0)
        }
    }

    static func isSignature(
        _ signature: [UInt8], of key: [UInt8], over bytes: [UInt8]
    ) -> Bool {
        guard signature.count == signatureBytes, key.count == keyBytes else { return false }
        // SAFETY: a key has 32 bytes, a signature 64.
        return unsafe sbx_ed25519_verify(key, bytes, bytes.count, signature) == 1
    }

    static func seed(fromPEM pem: [UInt8]) throws(CryptoError) -> [UInt8] {
        // SAFETY: as below.
        try unsafe key { out in
            // SAFETY: the text is read within its count; a seed has 32 bytes.
            unsafe pem.withUnsafeBytes { text in
                unsafe sbx_ed25519_seed_from_pem(
                    text.baseAddress?.assumingMemoryBound(to: CChar.self), text.count, out)
            }
        }
    }

    static func publicKey(fromPEM pem: [UInt8]) throws(CryptoError) -> [UInt8] {
        // SAFETY: as below.
        try unsafe key { out in
            // SAFETY: as above.
            unsafe pem.withUnsafeBytes { text in
                unsafe sbx_ed25519_public_from_pem(
                    text.baseAddress?.assumingMemoryBound(to: CChar.self), text.count, out)
            }
        }
    }

    private static func key(
        _ body: (UnsafeMutablePointer<UInt8>) -> Int32
    ) throws(CryptoError) -> [UInt8] {
        var code: Int32 = 0
        // SAFETY: `body` writes 32 bytes, which is what it is given.
        let bytes = unsafe filled(keyBytes) { out in
            code = unsafe body(out)
            return code
        }
        guard let bytes = bytes else { throw CryptoError(code: -code) }
        return bytes
    }

    /// An array that the shim filled; nil when it failed.
    private static func filled(
        _ count: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int32
    ) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        // SAFETY: an array that is not empty has an address.
        let result = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
            guard let address = buffer.baseAddress else { return Int32(-1) }
            return unsafe body(address)
        }
        return result < 0 ? nil : bytes
    }
}
