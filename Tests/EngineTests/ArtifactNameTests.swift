// Names that somebody hostile chose.

import Testing

@testable import Engine

@Suite struct ArtifactNameTests {
    @Test(arguments: [
        ("plain.txt", "plain.txt"), ("ü 1", "ü 1"), ("a\nb", "a\\u{a}b"), ("a\\b", "a\\\\b"),
        ("\u{202E}x", "\\u{202e}x"), ("\u{0}", "\\u{0}"), ("漢字", "漢字"),
    ])
    func `a name is shown in printable characters`(name: String, shown: String) {
        #expect(ArtifactName.printable(Array(name.utf8)) == shown)
    }

    @Test(
        arguments: [
            ([0xFF], "\\xff"), ([0x61, 0xC3], "a\\xc3"), ([0xC3, 0xC3, 0xBC], "\\xc3ü"),
            ([0xED, 0xA0, 0x80], "\\xed\\xa0\\x80"),
        ] as [([UInt8], String)])
    func `bytes that are no text are spelled out`(bytes: [UInt8], shown: String) {
        #expect(ArtifactName.printable(bytes) == shown)
    }

    @Test func `a long name is cut`() {
        let name = ArtifactName.printable([UInt8](repeating: 0x61, count: 5000))
        #expect(name == String(repeating: "a", count: ArtifactName.maximumCharacters) + "…")
    }

    @Test func `any one or two bytes have a name of their own`() {
        var names: Set<[UInt8]> = []  // by bytes: some characters count as equal
        var count = 0
        for first in UInt8.min...UInt8.max {
            names.insert(Array(ArtifactName.printable([first]).utf8))
            count += 1
            for second in UInt8.min...UInt8.max {
                names.insert(Array(ArtifactName.printable([first, second]).utf8))
                count += 1
            }
        }
        #expect(names.count == count)
    }

    @Test(arguments: [
        ("a/b.txt", "a/b.txt"), ("a b?c#d", "a%20b%3Fc%23d"), ("ü%", "%C3%BC%25"),
    ])
    func `an address holds no character with a meaning`(name: String, encoded: String) {
        #expect(ArtifactName.encoded(name) == encoded)
    }
}
