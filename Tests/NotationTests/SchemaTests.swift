import Testing

@testable import Notation

/// The messages of a value against a schema, both as JSON text.
func messages(_ schema: String, _ value: String, limit: Int = 8) throws -> [String] {
    try Schema(compiling: parse(schema)).violations(of: parse(value), limit: limit).map(\.message)
}

func schemaRefusal(of text: String) throws -> String? {
    let json = try parse(text)
    do throws(SchemaError) {
        _ = try Schema(compiling: json)
        return nil
    } catch {
        return error.description
    }
}

@Suite struct SchemaTests {
    static let tool = #"""
        {"type":"object","additionalProperties":false,"required":["code"],
         "properties":{
           "code":{"type":"string","minLength":1,"maxLength":5,"description":"Python"},
           "timeout":{"type":"integer","minimum":1,"maximum":30,"default":5},
           "mode":{"enum":["fast","safe"]},
           "files":{"type":"array","maxItems":2,"items":{"type":"object","required":["name"],
              "properties":{"name":{"type":"string"}}}}}}
        """#

    @Test(
        arguments: [
            (#"{"code":"x"}"#, []),
            (#"{"code":"x","timeout":1,"mode":"safe","files":[{"name":"a"}]}"#, []),
            (#"{"code":"x","timeout":0}"#, ["timeout: must be at least 1, got 0"]),
            (#"{"code":"x","timeout":30.5}"#, ["timeout: must be an integer, got 30.5"]),
            (#"{"code":"x","timeout":"5"}"#, ["timeout: must be an integer, got '5'"]),
            (
                #"{"code":"x","timeout":99999999999999999999}"#,
                ["timeout: must be at most 30, got 99999999999999999999"]
            ),
            (
                #"{"cod":"x"}"#,
                ["'code' is required", "unknown parameter 'cod'; did you mean 'code'?"]
            ),
            (
                #"{"code":"x","zzz":1}"#,
                ["unknown parameter 'zzz'; known are code, timeout, mode, files"]
            ),
            (#"{"code":""}"#, ["code: must have at least 1 characters, got 0"]),
            (#"{"code":"ééééé"}"#, []),
            (#"{"code":"123456"}"#, ["code: must have at most 5 characters, got 6"]),
            (
                #"{"code":"x","mode":"fats"}"#,
                ["mode: must be one of 'fast', 'safe', got 'fats'; did you mean 'fast'?"]
            ),
            (
                #"{"code":"x","files":[{"name":"a"},{"name":1}]}"#,
                ["files[1].name: must be a string, got 1"]
            ),
            (
                #"{"code":"x","files":[{},{},{}]}"#,
                [
                    "files: must have at most 2 items, got 3", "files[0]: 'name' is required",
                    "files[1]: 'name' is required", "files[2]: 'name' is required",
                ]
            ),
            ("[1]", ["the value must be an object, got an array of 1"]),
        ] as [(String, [String])])
    func `a call is checked with sentences a model can act on`(
        value: String, expected: [String]
    )
        throws
    {
        #expect(try messages(Self.tool, value) == expected)
    }

    @Test(arguments: [
        ("true", "1", true), ("false", "1", false), ("{}", "null", true),
        (#"{"type":["integer","null"]}"#, "null", true),
        (#"{"type":["integer","null"]}"#, "1.5", false),
        (#"{"type":"integer"}"#, "1.0", true), (#"{"type":"integer"}"#, "1e2", true),
        (#"{"type":"integer"}"#, "1e-2", false), (#"{"type":"integer"}"#, "true", false),
        (#"{"type":"number"}"#, "1", true), (#"{"type":"number"}"#, "1.5", true),
        (#"{"minimum":0.1}"#, "0.1", true),
        (#"{"minimum":0.1}"#, "0.09999999999999999999999", false),
        (#"{"maximum":9007199254740992}"#, "9007199254740993", false),
        (#"{"maximum":9223372036854775807}"#, "9223372036854775808", false),
        (#"{"minimum":-1.5}"#, "-1.6", false), (#"{"minimum":-1.5}"#, "-1.5000", true),
        (#"{"minimum":0}"#, "-0.0", true), (#"{"maximum":1e3}"#, "1000", true),
        (#"{"maximum":1e3}"#, "1000.0000001", false), (#"{"minimum":1e400}"#, "1e399", false),
        (#"{"minimum":5}"#, #""text""#, true),
        (#"{"const":1}"#, "1.0", true), (#"{"const":{"a":[1]}}"#, #"{"a":[1.0]}"#, true),
        (#"{"enum":[1,"1",null]}"#, #""1""#, true), (#"{"enum":[1]}"#, #""1""#, false),
        (#"{"enum":[true]}"#, "1", false),
        (#"{"additionalProperties":{"type":"string"}}"#, #"{"a":"b"}"#, true),
        (#"{"additionalProperties":{"type":"string"}}"#, #"{"a":1}"#, false),
        (#"{"anyOf":[{"type":"string"},{"minimum":3}]}"#, "4", true),
        (#"{"anyOf":[{"type":"string"},{"minimum":3}]}"#, "2", false),
        (#"{"oneOf":[{"minimum":3},{"maximum":5}]}"#, "4", false),
        (#"{"oneOf":[{"minimum":3},{"maximum":5}]}"#, "2", true),
        (#"{"minItems":1}"#, "[]", false), (#"{"minItems":1.0}"#, "[1]", true),
        (#"{"items":false}"#, "[]", true), (#"{"items":false}"#, "[1]", false),
        (##"{"$ref":"#/$defs/a~1b","$defs":{"a/b":{"type":"null"}}}"##, "null", true),
        (##"{"$ref":"#/$defs/a~1b","$defs":{"a/b":{"type":"null"}}}"##, "1", false),
        (
            ##"{"type":"object","properties":{"next":{"$ref":"#"}},"additionalProperties":false}"##,
            #"{"next":{"next":{}}}"#, true
        ),
        (
            ##"{"type":"object","properties":{"next":{"$ref":"#"}},"additionalProperties":false}"##,
            #"{"next":{"next":{"x":1}}}"#, false
        ),
    ])
    func `each keyword does what the standard says`(
        schema: String, value: String, fits: Bool
    )
        throws
    {
        #expect(try messages(schema, value).isEmpty == fits)
    }

    @Test(arguments: [
        (#"{"type":"strnig"}"#, #"schema /type: "strnig" is not the name of a type"#),
        (
            #"{"properties":{"a":{"pattern":"x"}}}"#,
            "schema /properties/a: 'pattern' is not supported; "
                + "use 'enum', 'maxLength' or a policy rule"
        ),
        (
            #"{"requierd":[]}"#,
            "schema root: the keyword 'requierd' is not supported; did you mean 'required'?"
        ),
        (#"{"if":{}}"#, "schema root: the keyword 'if' is not supported"),
        (##"{"$ref":"#/$defs/x"}"##, "schema /$ref: there is no definition 'x' in '$defs'"),
        (
            #"{"$ref":"http://x/y"}"#,
            "schema /$ref: 'http://x/y' is not local; only '#' and '#/$defs/…' are read"
        ),
        (#"{"minLength":-1}"#, "schema /minLength: must be a whole number, not negative"),
        (#"{"enum":[]}"#, "schema /enum: must be an array that is not empty"),
        (#"{"items":[{}]}"#, "schema /items: must be an object or a boolean"),
        ("[]", "schema root: must be an object or a boolean"),
    ])
    func `a schema we would misread is refused`(schema: String, complaint: String) throws {
        #expect(try schemaRefusal(of: schema) == complaint)
    }

    @Test func `annotations bind nothing`() throws {
        let schema =
            #"{"title":"t","default":1,"format":"email","x-mcp-header":"h","examples":[2]}"#
        #expect(try messages(schema, "5").isEmpty)
    }

    @Test func `alternatives explain themselves by the closest one`() throws {
        let schema = #"{"anyOf":[{"type":"string"},{"type":"object","required":["a"]}]}"#
        #expect(
            try messages(schema, "{}")
                == ["the value fits none of 2 forms; the closest says: 'a' is required"])
    }

    @Test func `circles and explosions end`() throws {
        let circle = ##"{"$ref":"#"}"##
        #expect(
            try messages(circle, "1") == [
                "the value is too large or too deep to check; send a simpler value"
            ])
        let doubling = ##"{"oneOf":[{"$ref":"#"},{"$ref":"#"}]}"##
        #expect(try !messages(doubling, "1").isEmpty)
        var nested = "{\"type\":\"null\"}"
        for _ in 0..<20 { nested = "{\"oneOf\":[\(nested),\(nested)]}" }
        #expect(throws: (any Error).self) { try messages(nested, "1") }
    }

    @Test func `the number of violations is limited`() throws {
        let value = "[" + Array(repeating: "1", count: 1000).joined(separator: ",") + "]"
        let found = try messages(#"{"items":{"type":"string"}}"#, value, limit: 3)
        #expect(found.count == 3)
        #expect(found.last == "[2]: must be a string, got 1")
    }

    @Test func `a violation carries a pointer and its rule`() throws {
        let schema = try Schema(
            compiling: parse(#"{"additionalProperties":{"items":{"maximum":1}}}"#))
        let violation = try #require(schema.violations(of: parse(#"{"a/b~":[0,2]}"#)).first)
        #expect(violation.path == "/a~1b~0/1")
        #expect(violation.rule == "maximum")
    }

    @Test func `names are compared by bytes`() throws {
        let schema = "{\"properties\":{\"\u{E9}\":{}},\"additionalProperties\":false}"
        #expect(try messages(schema, "{\"\u{E9}\":1}").isEmpty)
        #expect(try messages(schema, "{\"e\u{301}\":1}").count == 1)
    }
}
