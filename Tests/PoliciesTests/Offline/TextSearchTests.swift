// The search for texts: what it finds is there, and what it doesn't find does not exist.

import Testing

@testable import Policies

@Suite struct TextSearchTests {
    private static let alphabet = Array("ab1_- \n".unicodeScalars)

    /// Random expressions of the syntax that is read exactly.
    private static func expression(_ generator: inout SampleGenerator, depth: Int = 3) -> String {
        let leaves = [
            "a", "b", "1", ".", "[ab]", "[^a]", "\\d", "\\w", "\\s", "^", "$", "\\-", "(?i:A)",
        ]
        guard depth > 0 else { return leaves.randomElement(using: &generator) ?? "a" }
        let one = expression(&generator, depth: depth - 1)
        let other = expression(&generator, depth: depth - 1)
        switch Int.random(in: 0..<7, using: &generator) {
        case 0: return one + other
        case 1: return "(?:\(one)|\(other))"
        case 2: return "(\(one))*"
        case 3: return "(?P<n>\(one))?\(other)".replacing("?P<n>", with: "?:")
        case 4: return "(?:\(one)){1,2}"
        case 5: return "(?:\(one))+\(other)"
        default: return leaves.randomElement(using: &generator) ?? "b"
        }
    }

    private static func text(_ generator: inout SampleGenerator) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...6, using: &generator) {
            text.append(alphabet.randomElement(using: &generator) ?? "a")
        }
        return String(text)
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func `the machine and RE2 agree on random expressions and texts`(seed: UInt64) throws {
        var generator = SampleGenerator(seed: seed)
        for _ in 0..<10 {
            let expression = Self.expression(&generator)
            let pattern = try Pattern(expression)
            let (tree, isExact) = try #require(RegexParser.tree(of: expression))
            try #require(isExact)
            let machine = try #require(TextMachine(tree))
            for _ in 0..<20 {
                let text = Self.text(&generator)
                var state = machine.start
                for scalar in text.unicodeScalars {
                    state = machine.advanced(state, by: scalar.value)
                }
                let isFound = machine.accepts(state, isStart: text.isEmpty)
                #expect(
                    isFound == pattern.occurs(in: text), "\(expression) in \(text.debugDescription)"
                )
            }
        }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `every mixture that random texts show is found`(seed: UInt64) throws {
        var generator = SampleGenerator(seed: seed)
        let expressions = (0..<3).map { _ in Self.expression(&generator, depth: 2) }
        let patterns = try expressions.map { text throws in try Pattern(text) }
        let search = TextSearch(expressions.compactMap { RegexParser.tree(of: $0)?.tree })
        #expect(search.isComplete)
        for found in search.found {
            #expect(found.truths == patterns.map { $0.occurs(in: found.text) }, "\(expressions)")
        }
        let known = Set(search.found.map(\.truths))
        for _ in 0..<300 {
            let text = Self.text(&generator)
            #expect(known.contains(patterns.map { $0.occurs(in: text) }), "\(expressions)")
        }
    }

    @Test func `patterns that exclude each other are known to`() {
        let search = TextSearch([.prefix("a"), .prefix("b"), .suffix("z")])
        #expect(search.isComplete)
        #expect(!search.found.contains { $0.truths[0] && $0.truths[1] })
        #expect(search.found.count == 6)
    }

    @Test(
        arguments: [
            ("^[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*$", true, true), ("[;&|`$<>]", true, false),
            ("(?i)^rm\\b", false, false), ("\\p{L}+", false, false), ("(?m)^a$", false, true),
            ("^a|b$", true, false), ("\\Qa.b\\E\\z", true, false),
            ("[[:alpha:]]{2,3}", true, false),
            ("^(?:x|y)$", true, true), ("(?i)é", false, false),
        ])
    func `expressions are read as far as they can be`(
        text: String, isExact: Bool, isAnchored: Bool
    ) throws {
        let (tree, exact) = try #require(RegexParser.tree(of: text))
        #expect(exact == isExact)
        #expect((tree.isAnchoredAtStart && tree.isAnchoredAtEnd) == isAnchored)
    }

    @Test func `a repetition that grows too large is left alone`() {
        #expect(
            TextMachine(
                .repeated(.repeated(.scalars(.all), least: 900, most: 900), least: 9, most: 9))
                == nil)
        let search = TextSearch([.repeated(.scalars(.all), least: 5_000, most: nil)])
        #expect(!search.isComplete)
    }
}
