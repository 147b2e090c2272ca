// Digests and signatures against published test vectors.

import Foundation
import Notation
import Testing

@testable import Ledger

@Suite struct CryptoTests {
    /// FIPS 180 examples.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `SHA-256 is SHA-256`(text: String, digest: String) {
        #expect(SHA256.hex(Array(text.utf8)) == digest)
    }

    /// RFC 4231, cases 1, 2 and 6.
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0b, count: 20), "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xaa, count: 131),
            "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
    ])
    func `HMAC is HMAC`(key: [UInt8], text: String, digest: String) {
        #expect(HMAC(key: key).hex(Array(text.utf8)) == digest)
    }

    /// RFC 8032, section 7.1, tests 1 and 2.
    @Test(arguments: [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
                + "c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e"
                + "458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ])
    func `Ed25519 is Ed25519`(
        seed: String, key: String, message: String, signature: String
    ) throws {
        let signing = try #require(Hex.decode(seed).flatMap(SigningKey.init(seed:)))
        let bytes = try #require(Hex.decode(message))
        #expect(Hex.encode(signing.publicKey.bytes) == key)
        let made = signing.signature(over: bytes)
        #expect(Hex.encode(made) == signature)
        #expect(signing.publicKey.accepts(made, over: bytes))
        #expect(!signing.publicKey.accepts(made, over: bytes + [0]))
        for place in made.indices {
            var changed = made
            changed[place] ^= 1
            #expect(!signing.publicKey.accepts(changed, over: bytes))
        }
        #expect(!signing.publicKey.accepts(Array(made.dropLast()), over: bytes))
    }

    @Test func `keys are not printed`() throws {
        let key = try #require(SigningKey(seed: Array(repeating: 77, count: 32)))
        let settings = AuditSettings(program: "1.0")
        var keyed = settings
        keyed.signingKey = key
        for text in ["\(key)", String(reflecting: key), "\(keyed)", "\(HMAC(key: [77, 77, 77]))"] {
            #expect(!text.contains("77, 77"))
        }
    }

    @Test func `equal bytes are equal, and others are not`() {
        #expect(ConstantTime.areEqual([], []))
        #expect(ConstantTime.areEqual([1, 2], [1, 2]))
        #expect(!ConstantTime.areEqual([1, 2], [1, 3]))
        #expect(!ConstantTime.areEqual([1, 2], [1]))
    }

    /// The PEM forms of the first key of RFC 8032: PKCS #8 and SubjectPublicKeyInfo.
    private let pem = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
        -----END PRIVATE KEY-----

        """
    private let publicPEM = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
        -----END PUBLIC KEY-----

        """

    private func file(_ bytes: [UInt8], _ mode: Int = 0o600) throws -> (Place, String) {
        let place = try Place()
        try place.write(bytes, to: "key")
        try FileManager.default.setAttributes(
            [.posixPermissions: mode], ofItemAtPath: place("key"))
        return (place, place("key"))
    }

    @Test func `keys are read from every form of file`() throws {
        let seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
        let key = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
        let raw = try #require(Hex.decode(seed))
        let rawKey = try #require(Hex.decode(key))
        for bytes in [raw, Array(pem.utf8)] {
            let (place, path) = try file(bytes)
            #expect(Hex.encode(try SigningKey(file: path).publicKey.bytes) == key)
            _ = place
        }
        for bytes in [rawKey, Array("\(key)\n".utf8), Array(publicPEM.utf8)] {
            let (place, path) = try file(bytes, 0o644)
            #expect(try VerifyingKey(file: path).bytes == rawKey)
            _ = place
        }
    }

    @Test func `a key that others may read, or that is none, is refused with what to do`() throws {
        let (place, path) = try file(Array(pem.utf8), 0o640)
        #expect { try SigningKey(file: path) } throws: { "\($0)".contains("chmod 600") }
        let encrypted =
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIGj\n-----END ENCRYPTED PRIVATE KEY-----\n"
        for bytes in [[], [1, 2, 3], Array(publicPEM.utf8), Array(encrypted.utf8)] {
            try place.write(bytes, to: "key")
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            #expect { try SigningKey(file: path) } throws: { "\($0)".contains("openssl genpkey") }
        }
        #expect(throws: LedgerError.self) { try SigningKey(file: place("none")) }
    }
}
