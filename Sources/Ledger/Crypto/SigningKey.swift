// Ed25519 keys: one signs checkpoints of the audit log, the other checks them elsewhere.

internal import Kernel
internal import Notation

/// A private key. Its description, the only text made of it, is the name of the public one.
package struct SigningKey: Sendable, CustomStringConvertible {
    private let seed: [UInt8]
    package let publicKey: VerifyingKey

    /// From 32 random bytes; nil for any other number.
    package init?(seed: [UInt8]) {
        guard let bytes = Crypto.publicKey(of: seed), let key = VerifyingKey(bytes: bytes)
        else { return nil }
        self.seed = seed
        publicKey = key
    }

    /// Reads a file of 32 raw bytes, or an unencrypted PEM private key. The file must be its
    /// owner's alone.
    package init(file path: String) throws(LedgerError) {
        let bytes = try KeyFile.contents(of: path, isPrivate: true)
        var seed = bytes
        if bytes.count != Crypto.keyBytes {
            do { seed = try Crypto.seed(fromPEM: bytes) } catch {
                throw KeyFile.refusal(path, error)
            }
        }
        guard let key = SigningKey(seed: seed) else {
            throw LedgerError(.invalid, "the signing key \(path) is of no use; make a new one")
        }
        self = key
    }

    package var description: String { "the signing key \(publicKey.name)" }

    /// The signature, 64 bytes.
    package func signature(over bytes: [UInt8]) -> [UInt8] {
        guard let signature = Crypto.sign(bytes, with: seed) else {
            preconditionFailure("signing with a key that has been used before does not fail")
        }
        return signature
    }
}

/// A public key.
package struct VerifyingKey: Hashable, Sendable {
    package let bytes: [UInt8]

    /// From 32 bytes; nil for any other number.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Crypto.keyBytes else { return nil }
        self.bytes = bytes
    }

    /// Reads a file of 32 raw bytes, of 64 hexadecimal digits, or a PEM public key.
    package init(file path: String) throws(LedgerError) {
        let contents = try KeyFile.contents(of: path, isPrivate: false)
        let text = String(decoding: contents, as: UTF8.self).filter { !$0.isWhitespace }
        if let key = VerifyingKey(bytes: contents) ?? Hex.decode(text).flatMap(Self.init(bytes:)) {
            self = key
            return
        }
        do { bytes = try Crypto.publicKey(fromPEM: contents) } catch {
            throw KeyFile.refusal(path, error)
        }
    }

    /// Names the key in records: the first 16 digits of its digest.
    package var name: String { String(SHA256.hex(bytes).prefix(16)) }

    package func accepts(_ signature: [UInt8], over bytes: [UInt8]) -> Bool {
        Crypto.isSignature(signature, of: self.bytes, over: bytes)
    }
}

/// Reading key files.
enum KeyFile {
    private static let maxBytes = 16_384

    static func contents(of path: String, isPrivate: Bool) throws(LedgerError) -> [UInt8] {
        do throws(SystemError) {
            if isPrivate {
                let status = try Files.open(path).status()
                guard status.isRegular, !status.isOpenToOthers else {
                    throw SystemError("open", path, code: ErrorCode.notPermitted)
                }
            }
            return try Files.contents(of: path, limit: maxBytes)
        } catch {
            guard error.code == ErrorCode.notPermitted else {
                throw LedgerError(error, while: "reading the key \(path)")
            }
            throw LedgerError(
                .refused, "others may read the key \(path); run: chmod 600 '\(path)'")
        }
    }

    static func refusal(_ path: String, _ error: CryptoError) -> LedgerError {
        let why =
            error.code == CryptoError.notSupported
            ? "is no Ed25519 key" : "is neither an unencrypted PEM key nor 32 bytes"
        return LedgerError(
            .invalid,
            "the key \(path) \(why); make one with: openssl genpkey -algorithm ed25519")
    }
}
