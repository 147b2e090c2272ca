import Testing

@testable import Notation

/// The refusal of a YAML text, or nil if it loads.
func yamlRefusal(of text: String, limits: YAMLLimits = .standard) -> YAMLError? {
    do throws(YAMLError) {
        _ = try YAML.load(text, limits: limits)
        return nil
    } catch {
        return error
    }
}

@Suite struct YAMLTests {
    @Test func `a policy loads with the place of every key and value`() throws {
        let root = try YAML.load(
            """
            version: "1"
            # a comment
            tools:
              pip-install:
                rules:
                  - name: pinned only
                    rate_limit: 5/hour
            """)
        #expect(
            try root.json() == [
                "version": "1",
                "tools": [
                    "pip-install": ["rules": [["name": "pinned only", "rate_limit": "5/hour"]]]
                ],
            ])
        #expect(root["version"]?.position == YAMLPosition(line: 1, column: 10))
        #expect(root["version"]?.scalar?.style == .doubleQuoted)
        let tool = try #require(root["tools"]?.entries?.first)
        #expect(tool.key == "pip-install")
        #expect(tool.keyPosition == YAMLPosition(line: 4, column: 3))
        #expect(tool.value["rules"]?.elements?.first?.position == YAMLPosition(line: 6, column: 9))
    }

    @Test(arguments: [
        ("\u{FEFF}a: 1", #"{"a":1}"#), ("a: 1\r\nb: 2\r\n", #"{"a":1,"b":2}"#),
        ("{\"a\":\t[1,\t2]}", #"{"a":[1,2]}"#), ("? a\n: 1", #"{"a":1}"#), ("", "null"),
        ("# nothing", "null"), ("---\n", "null"), ("%YAML 1.1\n---\na: 1\n...\n", #"{"a":1}"#),
        ("a: &x [1]\nb: *x", #"{"a":[1],"b":[1]}"#),
        ("a: &x {k: 1, l: 2}\nb:\n  <<: *x\n  k: 3", #"{"a":{"k":1,"l":2},"b":{"k":3,"l":2}}"#),
        ("b:\n  k: 3\n  <<: [{k: 1, m: 1}, {m: 2, n: 4}]", #"{"b":{"k":3,"m":1,"n":4}}"#),
        ("'<<': 1", #"{"<<":1}"#), ("a: |\n  x\n  y\n", #"{"a":"x\ny\n"}"#),
        ("a: 123456789012345678901", #"{"a":123456789012345678901}"#),
        ("2026-01-15", #""2026-01-15""#), ("1: a\ntrue: b\n~: c", #"{"1":"a","true":"b","~":"c"}"#),
        ("- é: ü\n  😀: x", #"[{"é":"ü","😀":"x"}]"#),
        ("a: !!map {b: !!seq [1]}", #"{"a":{"b":[1]}}"#),
    ])
    func `a document becomes JSON`(text: String, json: String) throws {
        #expect(try YAML.load(text).json().text == json)
    }

    @Test(arguments: [
        (
            "a: 1\nb: 2\na: 3", 3, 1,
            YAMLError.Reason.duplicateKey("a", first: YAMLPosition(line: 1, column: 1))
        ),
        ("a: 1\n'a': 3", 2, 1, .duplicateKey("a", first: YAMLPosition(line: 1, column: 1))),
        ("{<<: {}, <<: {}}", 1, 10, .duplicateKey("<<", first: YAMLPosition(line: 1, column: 2))),
        ("a: 1\n---\nb: 2", 2, 1, .secondDocument),
        ("a:\n\tb: 1", 2, 1, .tabIndentation),
        ("a: \u{0}", 1, 4, .controlCharacter(0)), ("é: 1\r\nb: \u{7}", 2, 4, .controlCharacter(7)),
        ("a: *b", 1, 4, .unknownAnchor("b")), ("a: &a [*a]", 1, 8, .unknownAnchor("a")),
        ("a: !!binary aGk=", 1, 4, .unknownTag("!!binary")),
        ("a: !mine 1", 1, 4, .unknownTag("!mine")),
        ("a: !!set {b}", 1, 4, .unknownTag("!!set")),
        ("a: !!int x", 1, 4, .mismatchedTag("!!int")),
        ("a: !!int 1.5", 1, 4, .mismatchedTag("!!int")),
        ("a: !!seq {b: 1}", 1, 4, .mismatchedTag("!!seq")),
        ("? [a]\n: 1", 1, 3, .keyNotScalar), ("a:\n  <<: 5", 2, 7, .mergeNotMapping),
        ("a: 1\n b: 2", 2, 3, .syntax("mapping values are not allowed in this context")),
        ("a: [1", 2, 1, .syntax("did not find expected ',' or ']'")),
        ("a: @x", 1, 4, .syntax("found character that cannot start any token")),
    ])
    func `a refused text is named with line and column`(
        text: String, line: Int, column: Int, reason: YAMLError.Reason
    ) {
        let error = yamlRefusal(of: text)
        #expect(error?.reason == reason)
        #expect(error?.position == YAMLPosition(line: line, column: column))
    }

    @Test func `bytes that are not UTF-8 are refused, UTF-16 included`() {
        for bytes in [[0x61, 0x3A, 0x20, 0xFF], [0xFF, 0xFE, 0x61, 0x00], [0xED, 0xA0, 0x80]]
            as [[UInt8]]
        {
            #expect {
                try YAML.load(bytes)
            } throws: { ($0 as? YAMLError)?.reason == .invalidUTF8 }
        }
    }

    @Test func `a billion laughs are refused`() {
        var text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
        for level in 1...9 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        #expect(yamlRefusal(of: text)?.reason == .tooManyAliasedNodes(limit: 20_000))
        #expect(yamlRefusal(of: text)?.line == 5)
    }

    @Test func `merge keys are a bomb of their own, and refused`() {
        var text = "a0: &a0 {k0: 1, k1: 2, k2: 3}\n"
        for level in 1...40 {
            text += "a\(level): &a\(level) {x\(level): *a\(level - 1), <<: *a\(level - 1)}\n"
        }
        #expect(yamlRefusal(of: text)?.reason == .tooManyAliasedNodes(limit: 20_000))
    }

    @Test func `depth is limited, with aliases followed`() {
        let bomb = String(repeating: "[", count: 400_000)
        #expect(yamlRefusal(of: bomb)?.reason == .tooDeep(limit: 64))
        #expect(
            yamlRefusal(of: String(repeating: "{a: ", count: 100_000))?.reason
                == .tooDeep(limit: 64))
        #expect(
            yamlRefusal(of: String(repeating: "- ", count: 100_000))?.reason == .tooDeep(limit: 64))
        var chain = "a0: &a0 [1]\n"
        for level in 1...100 { chain += "a\(level): &a\(level) [*a\(level - 1)]\n" }
        let error = yamlRefusal(of: chain)
        #expect(error?.reason == .tooDeep(limit: 64))
        #expect(error?.line == 64)
    }

    @Test func `size and number of nodes are limited`() {
        #expect(
            yamlRefusal(of: "a: 1", limits: YAMLLimits(maxBytes: 3))?.reason
                == .tooManyBytes(limit: 3))
        #expect(
            yamlRefusal(of: "[1, 2, 3]", limits: YAMLLimits(maxNodes: 3))?.reason
                == .tooManyNodes(limit: 3))
        #expect(yamlRefusal(of: "[1, 2, 3]", limits: YAMLLimits(maxNodes: 4)) == nil)
    }

    @Test func `infinities have no JSON form`() throws {
        #expect {
            try YAML.load("a: [1, .inf]").json()
        } throws: {
            ($0 as? YAMLError)?.description
                == "1:8: '.inf' is no finite number; write one, or quote the text"
        }
    }

    @Test func `a text field takes any scalar, a boolean field the old words when plain`() throws {
        let root = try YAML.load("{a: 5, b: no, c: true, d: ~, e: [], f: 'yes', g: Yes}")
        #expect(root["a"]?.asText == "5")
        #expect(root["b"]?.asText == "no")
        #expect(root["c"]?.asText == "true")
        #expect(root["d"]?.asText == "")
        #expect(root["e"]?.asText == nil)
        #expect(root["b"]?.asBool == false)
        #expect(root["g"]?.asBool == true)
        #expect(root["f"]?.asBool == nil)
        #expect(root["e"]?.kind == "a list")
    }

    @Test(arguments: UInt64(0)..<200)
    func `JSON read as YAML is the same value`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let value = generator.json()
        // YAML forbids DEL and a few more code points that JSON allows unescaped.
        guard !value.text.unicodeScalars.contains(where: Self.isUnprintable),
            !value.text.contains("1e999")
        else { return }
        let read = try YAML.load(value.bytes).json()
        #expect(read.hasSameValue(as: value) || Self.roundsAlike(read, value))
    }

    private static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
        (0x7F...0x9F).contains(scalar.value) || (0xFFFE...0xFFFF).contains(scalar.value)
            || scalar.value & 0xFFFE == 0xFFFE || [0x2028, 0x2029, 0xFEFF].contains(scalar.value)
    }

    private static func roundsAlike(_ left: JSON, _ right: JSON) -> Bool {
        left.asDouble != nil && left.asDouble == right.asDouble
    }

    @Test(arguments: UInt64(0)..<200)
    func `random text never traps`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "a", "b: ", "- ", "\n", "  ", "\t", "[", "]", "{", "}", ",", "&x ", "*x", "<<: ", "? ",
            ": ",
            "!!int ", "'", "\"", "|\n", ">\n", "#", "---\n", "...\n", "%YAML 1.1\n", "1", "~",
            "\\x", "é", "\r",
        ]
        for _ in 0..<50 {
            let count = Int.random(in: 0...30, using: &generator)
            let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }
                .joined()
            guard let node = try? YAML.load(text) else { continue }
            #expect(throws: Never.self) { try node.json() }
        }
    }

    @Test func `what follows the first document can be left unread`() throws {
        let limits = YAMLLimits(refusesSecondDocument: false)
        #expect(try YAML.load("a: 1\n---\n[broken", limits: limits).json() == ["a": 1])
    }

    @Test(arguments: [2, 12, 13, 14, 40])
    func `a key is found again in small and in large maps`(count: Int) throws {
        let text = (1...count).map { "k\($0): \($0)\n" }.joined()
        #expect(try YAML.load(text).entries?.count == count)
        for key in ["k1", "k\(count)"] {
            let error = yamlRefusal(of: text + "\(key): 0")
            #expect(error?.line == count + 1)
        }
        let merged = try YAML.load(
            "a: &a {\(text.split(separator: "\n").joined(separator: ", "))}\nb: {<<: *a, k1: 0}")
        #expect(merged["b"]?.entries?.count == count)
        #expect(merged["b"]?["k1"]?.asInteger == 0)
    }
}
