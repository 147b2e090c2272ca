// Names that are not what they look like.

import Testing

@testable import Notation

@Suite struct DeceptiveScalarTests {
    @Test(
        arguments: [
            ("d\u{430}nger", 2, "U+0430 CYRILLIC SMALL LETTER A", "looks like 'a'", "danger"),
            ("\u{3BF}pen", 1, "U+03BF GREEK SMALL LETTER OMICRON", "looks like 'o'", "open"),
            ("r\u{FF55}n", 2, "U+FF55 FULLWIDTH LATIN SMALL LETTER U", "looks like 'u'", "run"),
            ("a\u{2011}b", 2, "U+2011 NON-BREAKING HYPHEN", "looks like '-'", "a-b"),
            ("dan\u{200B}ger", 4, "U+200B ZERO WIDTH SPACE", "can't be seen", "danger"),
            ("run\u{AD}", 4, "U+00AD SOFT HYPHEN", "can't be seen", "run"),
            ("run\u{FE0F}", 4, "U+FE0F VARIATION SELECTOR-16", "can't be seen", "run"),
            ("run\u{E0041}", 4, "U+E0041 TAG LATIN CAPITAL LETTER A", "can't be seen", "run"),
            ("a\u{202E}b", 2, "U+202E RIGHT-TO-LEFT OVERRIDE", "changes the order", "ab"),
            ("a\u{2066}b", 2, "U+2066 LEFT-TO-RIGHT ISOLATE", "changes the order", "ab"),
            ("a\u{A0}b", 2, "U+00A0 NO-BREAK SPACE", "a blank", "ab"),
            ("run\u{1B}", 4, "U+001B", "control character", "run"),
            ("run ", 4, "U+0020 SPACE", "a blank", "run"),
            (" run", 1, "U+0020 SPACE", "a blank", "run"),
            ("cafe\u{301}", 5, "U+0301 COMBINING ACUTE ACCENT", "more than one way", "cafe"),
            ("\u{212A}ill", 1, "U+212A KELVIN SIGN", "more than one way", "Kill"),
            ("\u{1112}\u{1161}x", 2, "U+1161 HANGUL JUNGSEONG A", "more than one way", nil),
        ] as [(String, Int, String, String, String?)])
    func `a deceptive character is told with its place and name`(
        name: String, position: Int, shown: String, fault: String, reading: String?
    ) throws {
        let found = DeceptiveScalar.all(in: name)
        let one = try #require(found.first)
        #expect(found.count == 1 && one.position == position)
        #expect(one.name == shown)
        #expect(one.fault.contains(fault))
        if let reading { #expect(DeceptiveScalar.reading(of: name) == reading) }
        #expect(!DeceptiveScalar.spelledOut(name).unicodeScalars.contains(one.scalar))
    }

    @Test(
        arguments: [
            "python_execute", "db.query", "pip-*", "a b", "", "поиск", "τέστ", "naïve", "größe",
            "検索", "한글", "日本語ツール",
        ])
    func `an honest name is left alone`(name: String) {
        #expect(DeceptiveScalar.all(in: name).isEmpty)
        #expect(DeceptiveScalar.spelledOut(name) == name)
    }

    @Test func `look-alikes count where the name is read as ASCII`() {
        // All of it looks like ASCII: nobody would think of another script.
        #expect(DeceptiveScalar.all(in: "\u{441}\u{43E}\u{440}\u{435}").count == 4)
        // One Latin letter among Cyrillic ones is as odd as the other way around.
        #expect(!DeceptiveScalar.all(in: "поиcк").isEmpty)
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `ASCII deceives nobody, and a reading is its own reading`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let plain = String(
            decoding: (0..<20).map { _ in UInt8.random(in: 0x21...0x7E, using: &random) },
            as: UTF8.self)
        #expect(DeceptiveScalar.all(in: plain).isEmpty)
        #expect(DeceptiveScalar.reading(of: plain).hasSameBytes(as: plain))
        var scalars = String.UnicodeScalarView()
        for _ in 0..<20 {
            if let scalar = Unicode.Scalar(UInt32.random(in: 0...0x1_FFFF, using: &random)) {
                scalars.append(scalar)
            }
        }
        let reading = DeceptiveScalar.reading(of: String(scalars))
        #expect(DeceptiveScalar.reading(of: reading).hasSameBytes(as: reading))
    }
}
