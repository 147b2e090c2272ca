// Whatever the bytes are: a policy, or problems with places.

import Testing

@testable import Policies

@Suite struct LoadingPropertyTests {
    /// SplitMix64: the same seed gives the same texts on every machine.
    private struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
            return mixed ^ mixed >> 31
        }
    }

    private static let words = [
        "- ", ": ", "{", "}", "[", "]", "\"", "'", "&a ", "*a", "<<: *a", "\0", "\u{FEFF}", "\t",
        "---\n", "!!int ", "~", ".inf", "2026-01-01", "-1", "1e999", "99999999999999999999",
        "\u{D7FF}", "args.", "state.", "[*]", "(", "0/minute", "null", "rules", "default",
        "\"\\ud800\"", "%YAML 1.2\n", "#",
    ]

    private static let rich = """
        version: "1"
        dialect: sandboa
        default: deny
        counters: {scope: session, window: sliding}
        tools:
          "a*": {limits: {cpu: 1s}, rules: [{rate_limit: 3/day}]}
          t:
            deny_if: [{conditions: [{path: args.a, op: neq, value: 1}]}]
            limits: [{counter: c, window: day, max: 3, increment_from: args.n}]
            rules:
              - require:
                  any:
                    - {path: 'args.a[*].b', op: regex, value: '^a'}
                    - {not: {path: args.c, op: length, value: {lt: 3}}}
              - name: s
                conditions: [{path: state.t.s, op: lt, value: 2.5}]
                state: {counter: s, window: hour, increment: 2}
        tests: [{tool: t, args: {a: [1, {b: null}]}, expect: deny}]
        """

    private static func mutated(_ bytes: [UInt8], _ dice: inout Dice) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &dice) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &dice)
            let end = min(bytes.count, place + Int.random(in: 1...40, using: &dice))
            switch Int.random(in: 0..<6, using: &dice) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &dice)
            case 1: bytes[place] = UInt8.random(in: 0x20...0x7E, using: &dice)
            case 2: bytes.removeSubrange(place..<end)
            case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 4:
                bytes.insert(contentsOf: (words.randomElement(using: &dice) ?? "").utf8, at: place)
            default:
                var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
                let line = lines[Int.random(in: 0..<lines.count, using: &dice)]
                lines.insert(line, at: Int.random(in: 0...lines.count, using: &dice))
                bytes = Array(lines.joined(separator: [0x0A]))
            }
        }
        return bytes
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `mutated policies load or are refused with places`(seed: UInt64) throws {
        var dice = Dice(state: seed)
        let seeds = try Loading.seeds().map(\.bytes) + [Array(Self.rich.utf8)]
        var (loaded, refused) = (0, 0)
        for round in 0..<1500 {
            let bytes = Self.mutated(seeds[round % seeds.count], &dice)
            let dialect = Policy.Dialect.allCases.randomElement(using: &dice)
            let loader = PolicyLoader(
                file: round.isMultiple(of: 2) ? "p.yaml" : "p", hash: "",
                dialect: .random(using: &dice) ? dialect : nil, isStrict: .random(using: &dice))
            do throws(InvalidPolicy) {
                let policy = try loader.load(bytes)
                loaded += 1
                #expect(policy.warnings.allSatisfy { $0.severity == .warning })
            } catch {
                refused += 1
                #expect(error.problems.contains { $0.severity == .error })
                #expect(error.problems.allSatisfy { $0.mark.line >= 1 && $0.mark.column >= 1 })
                let lines = error.problems.map(\.mark.line)
                #expect(lines == lines.sorted())
            }
        }
        // Else the mutations are too wild, or too tame, to show anything.
        #expect(loaded > 50 && refused > 500, "\(loaded) loaded, \(refused) refused")
    }

    @Test func `a policy over a mebibyte is refused before it is parsed`() {
        let text = "version: 1\n#" + String(repeating: "x", count: 10_000_000)
        let problems = Loading.problems(text)
        #expect(problems.map(\.mark.line) == [1])
        #expect(problems.first?.message.contains("at most 1MiB") == true)
    }

    @Test(arguments: [(50, true), (100, false)])
    func `conditions nest as deep as the tree may, and no deeper`(depth: Int, loads: Bool) {
        let condition =
            String(repeating: "{not: ", count: depth) + "{path: args.a, op: eq, value: 1}"
            + String(repeating: "}", count: depth)
        #expect(Loading.errors(Loading.native("- require: " + condition)).isEmpty == loads)
    }

    @Test func `problems without end are counted, not listed`() {
        let text = "version: 1\ndefault: deny\n" + (0..<5000).map { "k\($0): 1\n" }.joined()
        let problems = Loading.problems(text)
        #expect(problems.count == ProblemLog.maxProblems + 1)
        #expect(problems.last?.message.contains("4000 more") == true)
    }

    @Test func `a bomb of aliases is refused`() {
        let levels = (1...9).map { level in
            let aliases = [String](repeating: "*a\(level - 1)", count: 9)
            return "a\(level): &a\(level) [\(aliases.joined(separator: ", "))]\n"
        }
        #expect(Loading.errors("a0: &a0 [x]\n" + levels.joined()).count == 1)
    }
}
