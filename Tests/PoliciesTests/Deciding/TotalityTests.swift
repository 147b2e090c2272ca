// Whatever a policy asks and whatever a call sends, there is an answer, and a strict one.

import Testing

@testable import Notation
@testable import Policies

@Suite struct TotalityTests {
    private struct Maker {
        var random: SeededGenerator
        let pattern: Pattern

        mutating func pick<T>(_ list: [T]) -> T {
            list[Int.random(in: list.indices, using: &random)]
        }
        mutating func text() -> String {
            pick([
                "", "a", "\0", "length", "e\u{301}", "/", "..", "*", "\u{202E}x", "https://[", "9",
            ])
        }

        mutating func value(_ depth: Int = 4) -> JSON {
            switch Int.random(in: 0..<(depth > 0 ? 10 : 7), using: &random) {
            case 0: return nil
            case 1: return .bool(Bool.random(using: &random))
            case 2: return .integer(pick([0, -1, .max, .min, 5]))
            case 3:
                return .number(
                    pick([
                        "1e400", "-1e400", "1e-400", "0.0", "-0.0", "1e999999999999999999999",
                        "9223372036854775808", "123456789012345678901234567890.5", "1E+5",
                    ]))
            case 4: return .string(String(repeating: "x", count: pick([1, 60, 61, 5_000])))
            case 5, 6: return .string(text())
            case 7:
                // Deeper than any parsed value, but not than a destructor can follow.
                return (0..<pick([1, 64, 128])).reduce(JSON(1)) { inner, _ in .array([inner]) }
            case 8: return .array((0..<pick([0, 1, 3])).map { _ in value(depth - 1) })
            default:
                var object: JSONObject = [:]
                for _ in 0..<pick([0, 1, 3, 20]) { object[text()] = value(depth - 1) }
                return .object(object)
            }
        }

        mutating func path() -> ArgumentPath {
            let steps: [ArgumentPath.Step] = (0..<Int.random(in: 0...5, using: &random)).map { _ in
                switch Int.random(in: 0..<7, using: &random) {
                case 0: return .each
                case 1: return .some
                case 2: return .length
                case 3: return .index(pick([0, 1, -1, .max, .min]))
                default: return .key(text())
                }
            }
            return ArgumentPath(steps, written: "args.?")
        }

        mutating func operation() -> Condition.Operation {
            let value = value()
            let list = [self.value(), self.value()]
            let text = text()
            let all: [Condition.Operation] = [
                .eq(value), .neq(value), .isIn(list), .notIn(list), .lt(value), .lte(value),
                .gt(value), .gte(value), .regex(pattern), .contains(value), .exists(true),
                .exists(false), .same(value), .prefix(text), .suffix(text), .glob(text),
                .pathWithin(text), .hostIn([text, ".x"]), .cidr(text), .type(text),
                .type("integer"),
            ]
            return pick(all)
        }

        mutating func condition(_ depth: Int = 4) -> Condition {
            switch Int.random(in: 0..<(depth > 0 ? 6 : 3), using: &random) {
            case 3: return .not(condition(depth - 1))
            case 4: return .all((0..<pick([0, 1, 3])).map { _ in condition(depth - 1) })
            case 5: return .any((0..<pick([0, 1, 3])).map { _ in condition(depth - 1) })
            default:
                let missing: Condition.Missing? = pick([nil, nil, .deny, .allow])
                let path: Condition.Path =
                    Int.random(in: 0..<9, using: &random) == 0
                    ? .state(CounterName(group: "a", counter: "calls")) : .argument(path())
                return .test(
                    Condition.Test(path, operation(), onMissing: missing, at: Sample.mark))
            }
        }

        mutating func arguments() -> JSONObject {
            var object: JSONObject = [:]
            for _ in 0..<pick([0, 1, 4, 30]) { object[text()] = value() }
            return object
        }
    }

    @Test(arguments: UInt64(0)..<4, Policy.Dialect.allCases)
    func `every call gets a verdict`(seed: UInt64, dialect: Policy.Dialect) throws {
        var maker = Maker(random: SeededGenerator(seed: seed), pattern: try Pattern("a|9"))
        for _ in 0..<120 {
            let condition = maker.condition()
            let cost = Sample.limit(most: 5, cost: .argument(maker.path()))
            let require = Sample.rule("require", .require(condition))
            let refuse = Sample.rule("refuse", .refusal, when: condition)
            let policy = CompiledPolicy(
                Sample.policy(
                    dialect,
                    [
                        Sample.section(.tool("a"), require), Sample.section(.tool("b"), refuse),
                        Sample.section(.tool("c"), Sample.rule("count", limit: cost)),
                    ]))
            for _ in 0..<3 {
                let arguments = maker.arguments()
                let verdicts = ["a", "b", "c"].map {
                    policy.explain(Sample.call($0, arguments), counters: .empty, at: Sample.noon)
                }
                for explanation in verdicts where explanation.verdict.decision == .deny {
                    #expect(!explanation.verdict.reason.isEmpty)
                    #expect(explanation.steps.last?.outcome == .denied)
                }
            }
        }
    }
}
