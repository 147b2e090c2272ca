// What holds for every tool, however odd.

import Testing

@testable import Notation
@testable import Policies

/// SplitMix64, and tools made with it.
private struct ToolMaker: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    private static let words = [
        "get", "list", "delete", "create", "run", "invoice", "and", "not", "code", "users", "to",
        "session", "install", "page", "secret", "by", "never", "all", "cancel", "actions:", "ing",
    ]

    mutating func text(words count: Int) -> String {
        var text = ""
        for _ in 0..<count {
            if Bool.random(using: &self) {
                text += Self.words.randomElement(using: &self) ?? ""
            } else {
                for _ in 0..<Int.random(in: 0...6, using: &self) {
                    let value = UInt32.random(in: 0...0x10FFFF, using: &self)
                    if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
                }
            }
            text += ["_", " ", ".", ", ", "", "-", "/"].randomElement(using: &self) ?? ""
        }
        return text
    }

    mutating func json(depth: Int) -> JSON {
        guard depth > 0 else { return .string(text(words: 1)) }
        switch Int.random(in: 0..<6, using: &self) {
        case 0: return ["properties": ["action": ["enum": ["delete", .string(text(words: 1))]]]]
        case 1: return ["type": "string", "default": .bool(.random(using: &self))]
        case 2: return ["items": json(depth: depth - 1), "anyOf": [json(depth: depth - 1)]]
        case 3: return .array([json(depth: depth - 1), 1, nil])
        default:
            var properties: JSONObject = [:]
            for _ in 0..<Int.random(in: 0...5, using: &self) {
                properties[text(words: 1)] = json(depth: depth - 1)
            }
            return ["properties": .object(properties)]
        }
    }

    mutating func tool() -> ForeignTool {
        ForeignTool(
            name: text(words: Int.random(in: 0...6, using: &self)),
            title: Bool.random(using: &self) ? text(words: 3) : nil,
            description: Bool.random(using: &self) ? text(words: 20) : nil,
            inputSchema: Bool.random(using: &self) ? json(depth: 5) : nil)
    }
}

@Suite struct ClassifierPropertyTests {
    @Test(arguments: [1, 2, 3] as [UInt64])
    func `any tool gets an answer, its policy loads, its table has one line each`(
        seed: UInt64
    )
        throws
    {
        var maker = ToolMaker(seed: seed)
        let classifier = Classifier(server: maker.text(words: 2), description: maker.text(words: 9))
        let tools = (0..<400).map { _ in maker.tool() }
        let classified = tools.map {
            ClassifiedTool(name: $0.name, classification: classifier.classify($0))
        }
        for found in classified.map(\.classification) {
            #expect((0...1_000).contains(found.confidence))
            #expect(found.isKnown || found.category == .execute)
        }
        let report = ClassificationReport(server: maker.text(words: 2), tools: classified)
        #expect(report.lines.count == tools.count + 2)
        let unprintable = report.lines.joined().unicodeScalars.contains {
            $0.properties.generalCategory == .control || $0.properties.generalCategory == .format
        }
        #expect(!unprintable)
        for form in SuggestedPolicy.Form.allCases {
            let policy = try YAML.load(report.suggestedPolicy(form).text)
            #expect(policy.kind != "null")
        }
    }

    @Test(arguments: [11, 12] as [UInt64])
    func `no hint and no claim makes a tool look more harmless`(seed: UInt64) {
        var maker = ToolMaker(seed: seed)
        let classifier = Classifier()
        for _ in 0..<400 {
            var tool = maker.tool()
            let before = classifier.classify(tool)
            guard before.isKnown else { continue }
            for readOnly in [nil, true, false] {
                for destructive in [nil, true, false] {
                    tool.hints = ToolHints(isReadOnly: readOnly, isDestructive: destructive)
                    let after = classifier.classify(tool)
                    #expect(after.category.candidateRank >= before.category.candidateRank)
                    #expect(after.severity >= before.severity)
                }
            }
            tool.hints = ToolHints()
            tool.description = "Read-only. Lists things. It does not delete or change anything."
            let named = classifier.classify(ForeignTool(name: tool.name))
            guard named.isKnown else { continue }
            let claimed = classifier.classify(
                ForeignTool(name: tool.name, description: tool.description))
            #expect(claimed.category.candidateRank >= named.category.candidateRank)
        }
    }

    @Test func `long texts and deep schemas take a moment`() {
        let classifier = Classifier(description: String(repeating: "pay. ", count: 20_000))
        var schema: JSON = ["type": "string"]
        for _ in 0..<100 { schema = ["properties": ["a": schema, "b": ["items": schema]]] }
        let clock = ContinuousClock()
        let time = clock.measure {
            for unit in ["delete, ", "a", "'", "(", ":.", "read-", "é\u{301}"] {
                let tool = ForeignTool(
                    name: String(repeating: unit, count: 100_000 / unit.utf8.count),
                    description: String(repeating: unit, count: 100_000 / unit.utf8.count),
                    inputSchema: schema)
                _ = classifier.classify(tool)
            }
        }
        // A quadratic pass over 100,000 bytes would take minutes in a debug build.
        #expect(time < .seconds(10))
    }
}
