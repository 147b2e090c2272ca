import Foundation
import Testing

@testable import Notation

/// The refusal of `text`, or nil if it is accepted.
func refusal(of text: String, limits: JSONLimits = .standard) -> JSONError? {
    do throws(JSONError) {
        _ = try JSON(parsing: Array(text.utf8), limits: limits)
        return nil
    } catch {
        return error
    }
}

func parse(_ text: String) throws(JSONError) -> JSON { try JSON(parsing: Array(text.utf8)) }

@Suite struct JSONTests {
    @Test func `every kind of value is read`() throws {
        let value = try parse(
            #" { "a" : [ null,true , false,1, -2.50e+3 , "x\n\u00e9\ud83d\ude00" ],"b":{},"c":[]} "#
        )
        let expected: JSON = [
            "a": [nil, true, false, 1, .number("-2.50e+3"), "x\né😀"], "b": [:], "c": [],
        ]
        #expect(value == expected)
        #expect(
            value.text == #"{"a":[null,true,false,1,-2.50e+3,"x\né😀"],"b":{},"c":[]}"#)
        #expect(value.asObject?.keys == ["a", "b", "c"])
    }

    @Test func `members keep their order and can be set, replaced and removed`() {
        var object: JSONObject = ["z": 1, "a": 2]
        object["m"] = 3
        object["z"] = 4
        object["a"] = nil
        object["absent"] = nil
        #expect(JSON.object(object).text == #"{"z":4,"m":3}"#)
        #expect(object["a"] == nil)
        #expect(object.map(\.key) == ["z", "m"])
    }

    @Test func `a large object behaves like a small one`() {
        var object = JSONObject()
        for number in 0..<1000 { object["k\(number)"] = JSON(number) }
        for number in 0..<1000 where number % 100 != 7 { object["k\(number)"] = nil }
        #expect(object.keys == (0..<10).map { "k\($0 * 100 + 7)" })
        #expect(object["k907"] == 907)
        #expect(object["k908"] == nil)
    }

    @Test(arguments: [
        ("0", JSON.integer(0)), ("-0", 0), ("9223372036854775807", .integer(.max)),
        ("-9223372036854775808", .integer(.min)),
        ("9223372036854775808", .number("9223372036854775808")),
        ("-9223372036854775809", .number("-9223372036854775809")),
        ("18446744073709551616", .number("18446744073709551616")),
        ("99999999999999999999999", .number("99999999999999999999999")),
        ("1.0", .number("1.0")), ("1e2", .number("1e2")), ("-0.0", .number("-0.0")),
        ("1E-2", .number("1E-2")), ("1e400", .number("1e400")),
    ])
    func `a number is exact`(text: String, expected: JSON) throws {
        #expect(try parse(text) == expected)
    }

    @Test(arguments: [
        "01", "-", "-01", "1.", ".5", "+1", "1e", "1e+", "0x10", "1.e3", "NaN", "Infinity", "--1",
    ])
    func `a malformed number is refused`(text: String) {
        #expect(refusal(of: text) != nil)
    }

    @Test(arguments: [
        ("", JSONError.Reason.empty, 0), ("  ", .empty, 2),
        ("\u{FEFF}1", .byteOrderMark, 0), ("1 2", .trailingBytes, 2), ("{}}", .trailingBytes, 2),
        ("[1", .unexpectedEnd(expected: "',' or ']'"), 2),
        ("[1,]", .unexpectedByte(0x5D, expected: "a value"), 3),
        (#"{"a":1,}"#, .unexpectedByte(0x7D, expected: "a key in double quotes"), 7),
        (#"{"a" 1}"#, .unexpectedByte(0x31, expected: "':'"), 5),
        (#"{"a":1,"a":2}"#, .duplicateKey("a"), 7),
        (#"{"a":1,"\u0061":2}"#, .duplicateKey("a"), 7),
        ("\"a\nb\"", .controlCharacter(0x0A), 2),
        (#""\x""#, .invalidEscape, 1), (#""\u12g4""#, .invalidEscape, 1),
        (#""a\ud800""#, .loneSurrogate, 2), (#""\udc00\ud800""#, .loneSurrogate, 1),
        (#""\ud800\u0041""#, .loneSurrogate, 1), (#""\ud800\n""#, .loneSurrogate, 1),
        (#""abc"#, .unexpectedEnd(expected: "the closing quote of a string"), 4),
        (#""abc\"#, .unexpectedEnd(expected: "the closing quote of a string"), 5),
        ("nul", .unexpectedEnd(expected: "the word null"), 3),
        ("nulL", .unexpectedByte(0x4C, expected: "the word null"), 3),
    ])
    func `a malformed text is refused where it breaks`(
        text: String, reason: JSONError.Reason, offset: Int
    ) {
        #expect(refusal(of: text) == JSONError(reason: reason, offset: offset))
    }

    @Test(
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], [0x22, 0xE2, 0x82, 0x22],
            [0x22, 0x5C, 0x6E, 0xE2, 0x82, 0x5C, 0x6E, 0xAC, 0x22],
        ] as [[UInt8]])
    func `bytes that are not UTF-8 are refused`(bytes: [UInt8]) {
        #expect {
            try JSON(parsing: bytes)
        } throws: { ($0 as? JSONError)?.reason == .invalidUTF8 }
    }

    @Test func `a bomb of brackets is refused at the depth limit`() {
        let bomb = String(repeating: "[", count: 400_000)
        #expect(refusal(of: bomb) == JSONError(reason: .tooDeep(limit: 64), offset: 64))
        let objects = String(repeating: #"{"a":"#, count: 400_000)
        #expect(refusal(of: objects)?.reason == .tooDeep(limit: 64))
        #expect(JSONLimits(maxDepth: .max).maxDepth == JSONLimits.deepestDepth)
        let deepest = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
        #expect(refusal(of: deepest, limits: JSONLimits(maxDepth: .max)) == nil)
    }

    @Test func `size and members are limited`() {
        #expect(
            refusal(of: "[1,2,3]", limits: JSONLimits(maxBytes: 6))?.reason
                == .tooManyBytes(limit: 6))
        #expect(
            refusal(of: "[1,[2,3]]", limits: JSONLimits(maxMembers: 3))?.reason
                == .tooManyMembers(limit: 3))
        #expect(refusal(of: "[1,[2,3]]", limits: JSONLimits(maxMembers: 4)) == nil)
    }

    @Test func `a hundred thousand keys cost no quadratic time`() {
        let members = (0..<99_999).map { "\"key\($0)\":0" }.joined(separator: ",")
        let clock = ContinuousClock()
        let time = clock.measure { #expect(refusal(of: "{\(members)}") == nil) }
        #expect(time < .seconds(5))
    }

    @Test(arguments: [
        (#"{"name":1,"Name":2}"#, "Name"), (#"{"k":1,"\u212a":2}"#, "\u{212A}"),
        (#"{"is":1,"i\u017f":2}"#, "iſ"), (#"{"É":1,"é":2}"#, "é"),
        ("{" + (0..<20).map { "\"k\($0)\":0," }.joined() + #""K7":0}"#, "K7"),
    ])
    func `keys that differ only in case are refused on demand`(text: String, key: String) {
        #expect(refusal(of: text) == nil)
        let strict = JSONLimits(refusesCaseVariants: true)
        #expect(refusal(of: text, limits: strict)?.reason == .caseVariantKey(key))
    }

    @Test(arguments: [
        #"{"a@":1,"a`":2,"a":3}"#, #"{"é":1,"e":2}"#, #"{"k[":1,"k{":2}"#,
    ])
    func `other keys pass the case check`(text: String) {
        #expect(refusal(of: text, limits: JSONLimits(refusesCaseVariants: true)) == nil)
    }

    @Test func `an exact duplicate stays a duplicate under the case check`() {
        let strict = JSONLimits(refusesCaseVariants: true)
        #expect(refusal(of: #"{"é":1,"é":2}"#, limits: strict)?.reason == .duplicateKey("é"))
        #expect(refusal(of: #"{"a":1,"a":2}"#, limits: strict)?.reason == .duplicateKey("a"))
    }

    @Test func `text is compared by bytes, not by canonical equivalence`() throws {
        let value = try parse("{\"\u{E9}\":1,\"e\u{301}\":2}")
        #expect(value["\u{E9}"] == 1)
        #expect(value["e\u{301}"] == 2)
        #expect(JSON.string("\u{E9}") != JSON.string("e\u{301}"))
    }

    @Test func `objects are equal whatever their order`() {
        let one: JSON = ["a": 1, "b": [2]]
        let other: JSON = ["b": [2], "a": 1]
        #expect(one == other)
        #expect(one.hashValue == other.hashValue)
        #expect(one != ["a": 1, "b": [3]])
    }

    @Test func `control characters are escaped and slashes are not`() {
        let text = JSON.string("\u{0}\u{8}\t\n\u{B}\u{C}\r\u{1F}\"\\/\u{7F}é").text
        #expect(text == #""\u0000\b\t\n\u000b\f\r\u001f\"\\/"# + "\u{7F}é\"")
    }

    @Test func `canonical bytes sort by UTF-16 code units at every level`() {
        let value: JSON = ["\u{FB33}": 1, "😀": 2, "€": 3, "a": ["z": 1, "b": 2], "\r": 4, "1": 5]
        #expect(
            String(decoding: value.canonicalBytes, as: UTF8.self)
                == "{\"\\r\":4,\"1\":5,\"a\":{\"b\":2,\"z\":1},\"€\":3,\"😀\":2,\"\u{FB33}\":1}")
    }

    @Test func `doubles are written short and never as infinity`() throws {
        #expect(JSON.double(0.1) == .number("0.1"))
        #expect(JSON.double(.infinity) == nil)
        #expect(JSON.double(.nan) == nil)
        for value in [
            0.1, -0.0, 1e300, .leastNonzeroMagnitude, 1e16, 123456789.125, .greatestFiniteMagnitude,
        ] {
            let text = try #require(JSON.double(value)).text
            #expect(try parse(text).asDouble?.bitPattern == value.bitPattern)
        }
        #expect(JSON.number("1e400").asDouble == nil)
    }

    @Test func `accessors answer only for their own kind`() {
        #expect(JSON.bool(true).asInteger == nil)
        #expect(JSON.integer(1).asBool == nil)
        #expect(JSON.number("1.0").asInteger == nil)
        #expect((["a": 1] as JSON)["a"]?.asInteger == 1)
        #expect(([1] as JSON)["a"] == nil)
        #expect(JSON(UInt64.max) == .number("18446744073709551615"))
    }

    @Test func `an error says what to do`() {
        #expect(
            refusal(of: #"{"a":1,"a":2}"#)?.description
                == #"JSON, byte 7: the key "a" appears twice in one object; keep one"#)
    }
}
