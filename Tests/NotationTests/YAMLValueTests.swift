// Plain scalars have the types that go-yaml v3 gives them.

import Testing

@testable import Notation

@Suite struct YAMLValueTests {
    @Test(arguments: [
        ("yes", YAMLValue.string), ("no", .string), ("on", .string), ("off", .string),
        ("y", .string), ("N", .string), ("tRue", .string), ("Truer", .string), ("nil", .string),
        ("true", .bool(true)), ("True", .bool(true)), ("TRUE", .bool(true)),
        ("false", .bool(false)), ("False", .bool(false)), ("FALSE", .bool(false)),
        ("", .null), ("~", .null), ("null", .null), ("Null", .null), ("NULL", .null),
        ("nUll", .string),
        ("0", .integer(0)), ("-0", .integer(0)), ("5", .integer(5)), ("+5", .integer(5)),
        ("-12", .integer(-12)), ("0x1F", .integer(31)), ("-0x1f", .integer(-31)),
        ("0XFF", .integer(255)), ("0o17", .integer(15)), ("0O17", .integer(15)),
        ("017", .integer(15)), ("010", .integer(8)), ("-017", .integer(-15)), ("00", .integer(0)),
        ("0b101", .integer(5)), ("-0b101", .integer(-5)),
        ("1_000", .integer(1000)), ("0x_1F", .integer(31)), ("1__0_", .integer(10)),
        ("_1", .string), ("08", .integer(8)), ("0o8", .string), ("0x", .string), ("0xG", .string),
        ("0b2", .string), ("+", .string), ("-", .string), ("--1", .string), ("+-1", .string),
        ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
        ("9223372036854775808", .number("9223372036854775808")),
        ("18446744073709551615", .number("18446744073709551615")),
        ("18446744073709551616", .number("18446744073709551616")),
        ("-9223372036854775809", .number("-9223372036854775809")),
        ("0xFFFFFFFFFFFFFFFF", .number("18446744073709551615")),
        ("0x10000000000000000", .string),
        (".5", .number("0.5")), ("-.5", .number("-0.5")), ("1.", .number("1.0")),
        ("1.50", .number("1.50")), ("+1e2", .number("1e2")), ("1E+2", .number("1e+2")),
        ("1_000.5", .number("1000.5")), (".1_0", .string), ("01.5", .number("1.5")),
        ("1e400", .string), ("1e", .string), (".", .string), ("1.2.3", .string), ("1e2e3", .string),
        (".inf", .infinity(isNegative: false)), ("+.Inf", .infinity(isNegative: false)),
        ("-.INF", .infinity(isNegative: true)), (".nan", .notANumber), (".NaN", .notANumber),
        (".NAN", .notANumber), (".iNf", .string), ("inf", .string), ("nan", .string),
        ("2026-01-15", .timestamp), ("2026-1-5", .timestamp), ("2026-02-30", .string),
        ("2024-02-29", .timestamp), ("2026-13-01", .string), ("2026-1-15T10:00:00Z", .timestamp),
        ("2026-01-15t1:2:3.5+01:00", .timestamp), ("2026-01-15 10:00:00.25", .timestamp),
        ("2026-01-15 10:00:00Z", .string), ("2026-01-15T10:00:00", .string),
        ("2026-01-15T24:00:00Z", .string), ("26-01-15", .string), ("12:30", .string),
        ("190:20:30", .string), ("=", .string), ("<<", .string), ("5/hour", .string),
        ("１２", .string), ("1\u{301}", .string),
    ])
    func `a plain scalar is typed as go-yaml types it`(text: String, expected: YAMLValue) {
        #expect(YAMLValue(plain: text) == expected)
    }

    @Test(arguments: [
        ("'5'", YAMLValue.string), ("\"true\"", .string), ("|\n  5", .string), (">\n  ~", .string),
        ("!!str 5", .string), ("! 5", .string), ("!!int '5'", .integer(5)),
        ("!!float 5", .integer(5)), ("!!bool 'true'", .bool(true)), ("!!null ''", .null),
        ("!!int 18446744073709551616", .number("18446744073709551616")),
    ])
    func `quotes and tags decide before the text does`(text: String, expected: YAMLValue) throws {
        #expect(try YAML.load(text).scalar?.value == expected)
    }

    @Test(arguments: UInt64(0)..<200)
    func `a number that JSON accepts means the same in YAML`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let integer = Int64(
                truncatingIfNeeded: generator.next() >> UInt64.random(in: 0..<64, using: &generator)
            )
            #expect(YAMLValue(plain: String(integer)) == .integer(integer))
            guard let number = JSON.double(Double(bitPattern: generator.next())) else { continue }
            let value = YAMLValue(plain: number.text)
            #expect(value.json(spelled: "")?.asDouble == number.asDouble)
        }
    }
}
