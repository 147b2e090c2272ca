// Durations, sizes, times and the other short texts.

import Foundation
import Testing

@testable import Notation

@Suite struct TextTests {
    @Test(
        arguments: [
            ("500ms", 500), ("2s", 2000), ("1m30s", 90_000), ("1h", 3_600_000), ("0s", 0),
            ("1h2m3s4ms", 3_723_004), ("90s", 90_000),
            ("2562047788015h", 9_223_372_036_854_000_000),
            ("9223372036854775807ms", .max),
        ] as [(String, Int64)])
    func `a duration is exact`(text: String, milliseconds: Int64) throws {
        #expect(try DurationText.milliseconds(text) == milliseconds)
        #expect(try DurationText.duration(text) == .milliseconds(milliseconds))
    }

    @Test(arguments: [
        "", "5", "s", "1.5s", "-1s", "1s1m", "1s1s", "1 s", "1S", "1d", "2562047788016h",
        "9223372036854775807ms1", "9223372036854775808ms", "1h9223372036854775807ms", "٣s",
    ])
    func `a text that is no duration is refused`(text: String) {
        #expect(throws: TextError.self) { try DurationText.milliseconds(text) }
    }

    @Test(
        arguments: [
            ("0", 0), ("1024", 1024), ("64KiB", 65_536), ("512MiB", 536_870_912),
            ("1GB", 1_000_000_000),
            ("3kB", 3000), ("5B", 5), ("1TiB", 1 << 40), ("8388607TiB", 8_388_607 << 40),
        ] as [(String, Int64)])
    func `a size is exact`(text: String, bytes: Int64) throws {
        #expect(try SizeText.bytes(text) == bytes)
    }

    @Test(arguments: [
        "", "B", "1.5MiB", "-1", "1K", "1 KiB", "1kib", "8388608TiB", "9223372036854775808",
    ])
    func `a text that is no size is refused`(text: String) {
        #expect(throws: TextError.self) { try SizeText.bytes(text) }
    }

    @Test(arguments: UInt64(0)..<100)
    func `durations and sizes survive the way to text and back`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let number = Int64(generator.next() >> UInt64.random(in: 1...63, using: &generator))
        #expect(try DurationText.milliseconds(DurationText.text(milliseconds: number)) == number)
        #expect(try SizeText.bytes(SizeText.text(bytes: number)) == number)
        #expect(DurationText.text(.milliseconds(number)) == DurationText.text(milliseconds: number))
    }

    @Test func `texts are short`() {
        #expect(DurationText.text(milliseconds: 90_000) == "1m30s")
        #expect(DurationText.text(milliseconds: 1500) == "1s500ms")
        #expect(DurationText.text(.microseconds(1)) == nil)
        #expect(DurationText.text(.seconds(-1)) == nil)
        #expect(DurationText.text(.seconds(Int64.max)) == nil)
        #expect(SizeText.text(bytes: 65_536) == "64KiB")
        #expect(SizeText.text(bytes: 1_000_000_000) == "1GB")
        #expect(SizeText.text(bytes: 1500) == "1500B")
        #expect(SizeText.text(bytes: 0) == "0B")
    }

    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0, 0), ("2026-01-15T10:00:00Z", 1_768_471_200, 0),
            ("1969-12-31T23:59:59.5Z", -1, 500_000_000),
            ("2000-02-29T12:00:00.000000001Z", 951_825_600, 1),
            ("0000-01-01T00:00:00Z", -62_167_219_200, 0),
            ("9999-12-31T23:59:59Z", 253_402_300_799, 0),
            ("2026-01-15T11:00:00+01:00", 1_768_471_200, 0),
            ("2026-01-15t02:30:00-07:30", 1_768_471_200, 0),
        ] as [(String, Int64, Int32)])
    func `a time is read`(text: String, seconds: Int64, nanoseconds: Int32) {
        #expect(RFC3339(text) == RFC3339(seconds: seconds, nanoseconds: nanoseconds))
    }

    @Test(arguments: [
        "", "2026-01-15", "2026-02-29T00:00:00Z", "2026-1-15T00:00:00Z", "2026-01-15T24:00:00Z",
        "2026-01-15T00:00:60Z", "2026-01-15T00:00:00", "2026-01-15T00:00:00.Z",
        "2026-01-15T00:00:00Z ",
        "2026-01-15T00:00:00.1234567890Z", "2026-01-15 00:00:00Z", "2026-01-15T00:00:00+0100",
        "9999-12-31T23:59:59-01:00", "2026-00-15T00:00:00Z", "2026-01-00T00:00:00Z",
        "+026-01-15T00:00:00Z",
    ])
    func `a text that is no time is refused`(text: String) {
        #expect(RFC3339(text) == nil)
    }

    @Test(arguments: UInt64(0)..<100)
    func `times survive the way to text and back, and agree with Foundation`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let formatter = ISO8601DateFormatter()
        for _ in 0..<20 {
            let seconds = Int64.random(in: RFC3339.range, using: &generator)
            let nanoseconds = Int32.random(in: 0..<1_000_000_000, using: &generator)
            let time = try #require(RFC3339(seconds: seconds, nanoseconds: nanoseconds))
            #expect(RFC3339(time.description) == time)
            // Foundation switches to the Julian calendar before October 1582.
            guard seconds > -12_219_292_800 else { continue }
            let date = Date(timeIntervalSince1970: TimeInterval(seconds))
            #expect(time.text(fractionDigits: 0) == formatter.string(from: date))
        }
    }

    @Test func `fractions are cut, never rounded up`() throws {
        let time = try #require(RFC3339(seconds: 0, nanoseconds: 999_999_999))
        #expect(time.text(fractionDigits: 3) == "1970-01-01T00:00:00.999Z")
        #expect(
            RFC3339(seconds: 0, nanoseconds: 500_000)?.description == "1970-01-01T00:00:00.000500Z")
        #expect(RFC3339(seconds: 0, nanoseconds: 1_000_000_000) == nil)
        #expect(RFC3339(seconds: 253_402_300_800) == nil)
    }

    @Test(arguments: UInt64(0)..<100)
    func `base 64 and hex agree with Foundation and read back`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let bytes = (0..<Int.random(in: 0...50, using: &generator)).map { _ in
            UInt8(truncatingIfNeeded: generator.next())
        }
        let text = Base64.encode(bytes)
        #expect(text == Data(bytes).base64EncodedString())
        #expect(Base64.decode(text) == bytes)
        #expect(Hex.decode(Hex.encode(bytes)) == bytes)
        #expect(Hex.decode(Hex.encode(bytes).uppercased()) == bytes)
    }

    @Test(arguments: [
        "A", "AA", "AA=", "A===", "====", "AB==", "AAB=", "AA=A", "AA==AAAA", "A A=", "AA-_",
        "QQ==\n",
    ])
    func `base 64 has one text for each value`(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test func `hex wants whole bytes`() {
        #expect(Hex.encode([0, 0xAB, 0xFF] as [UInt8]) == "00abff")
        #expect(Hex.decode("0") == nil)
        #expect(Hex.decode("0g") == nil)
        #expect(Hex.decode("") == [])
    }

    @Test(arguments: [
        ("cod", "code"), ("Timeout", "timeout"), ("tiemout", "timeout"), ("timeoutt", "timeout"),
        ("zzz", nil), ("", nil), ("x", nil), ("mdoe", "mode"),
    ])
    func `the nearest name is suggested, a far one is not`(name: String, nearest: String?) {
        #expect(Suggestion.nearest(to: name, among: ["timeout", "code", "mode"]) == nearest)
    }

    @Test(arguments: [
        ("1", "10e-1", true), ("-0.0", "0", true), ("100", "1e2", true), ("0.10", "1e-1", true),
        ("1", "1.01", false),
    ])
    func `decimal numbers are compared by value`(left: String, right: String, isEqual: Bool) throws
    {
        #expect(try (DecimalNumber(parse(left)) == DecimalNumber(parse(right))) == isEqual)
    }

    @Test(
        arguments: [
            ("2.5", 2), ("-2.5", -2), ("0.9", 0), ("-0.9", 0), ("1e2", 100), ("12.5e1", 125),
            ("1e18", 1_000_000_000_000_000_000),
            ("9223372036854775807.9", .max), ("-9223372036854775808", .min), ("1e19", .max),
            ("-1e300", .min), ("1e-300", 0), ("0.0", 0),
        ] as [(String, Int64)])
    func `a fraction is cut off, and what is beyond an Int64 stays at its end`(
        text: String, whole: Int64
    ) throws {
        let number = try #require(DecimalNumber(.number(text)))
        #expect(number.truncated == whole)
        #expect(number.isBelowZero == (text.hasPrefix("-")))
    }

    @Test(arguments: UInt64(0)..<100)
    func `decimal order agrees with integers and doubles`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let numbers = (0..<2).map { _ in
            Int64(truncatingIfNeeded: generator.next())
                >> Int64.random(in: 0...63, using: &generator)
        }
        let exact = try numbers.map { try #require(DecimalNumber(.integer($0))) }
        #expect((exact[0] < exact[1]) == (numbers[0] < numbers[1]))
        let doubles = (0..<2).map { _ in
            Double(numbers[0] >> 40) / Double(Int64.random(in: 1...999, using: &generator))
        }
        let texts = try doubles.map { try #require(DecimalNumber(.number($0.description))) }
        #expect((texts[0] < texts[1]) == (doubles[0] < doubles[1]))
    }

    @Test(
        arguments: [
            ("5", 5), ("5.0", 5), ("5e0", 5), ("50e-1", 5), ("5.5", nil), ("1e99", nil),
            ("9007199254740993.0", 9_007_199_254_740_993),
            ("-9223372036854775808.0", .min), ("9223372036854775808.0", nil), ("0.0", 0),
            ("-0.0", 0),
            ("0e99", 0),
        ] as [(String, Int64?)])
    func `an integral value is found however it is spelled`(text: String, value: Int64?) throws {
        #expect(try parse(text).integralValue == value)
    }
}
