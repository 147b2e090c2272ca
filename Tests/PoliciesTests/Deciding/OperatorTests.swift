// Intercept's operators to the letter, and what is stricter in our own dialect.

import Testing

@testable import Notation
@testable import Policies

@Suite struct OperatorTests {
    typealias Case = (actual: JSON, operation: Condition.Operation, holds: Bool)

    private static let empty = JSON.object([:])

    static let compatible: [Case] = [
        // Numbers by value, everything else by Go's print.
        (5, .eq(5), true), (5, .eq("5"), true), ("5", .eq(5), true), (true, .eq("true"), true),
        ("true", .eq(true), true), (.number("5.0"), .eq(5), true), (5, .eq(.number("5e0")), true),
        (.number("5.5"), .eq("5.5"), true), (nil, .eq("<nil>"), true), (nil, .eq(nil), true),
        (1_000_000, .eq("1000000"), false), (1_000_000, .eq("1e+06"), true),
        ("1000000", .eq(1_000_000), true), (["a b"], .eq(["a", "b"]), true),
        (["b": 1, "a": [true, nil]], .eq("map[a:[true <nil>] b:1]"), true),
        ([], .eq("[]"), true), (empty, .eq("map[]"), true), ("A", .eq("a"), false),
        ("\u{E9}", .eq("e\u{301}"), false), ("", .eq(""), true), ("", .eq(nil), false),
        (9_007_199_254_740_993, .eq(9_007_199_254_740_992), false),
        (5, .neq(6), true), (5, .neq("5"), false), ("x", .neq(nil), true),
        ("a", .isIn(["a", "b"]), true), (5, .isIn(["4", "5"]), true), ("c", .isIn(["a"]), false),
        ("a", .isIn([]), false), ("c", .notIn(["a"]), true), ("a", .notIn(["a"]), false),
        (["a"], .notIn([["a"]]), false),
        // Comparisons want numbers on both sides.
        (4, .lt(5), true), (5, .lt(5), false), (5, .lte(5), true), (6, .gt(5), true),
        (5, .gte(5), true), ("4", .lt(5), false), (4, .lt("5"), false), (nil, .lt(5), false),
        (true, .lt(5), false), (.number("4.5"), .lt(5), true), (.number("1e400"), .gt(5), true),
        (.number("-1e400"), .lt(5), true), (.number("5.0"), .lte(5), true),
        (9_007_199_254_740_993, .lte(9_007_199_254_740_992), false),
        // Text and lists.
        ("xaby", .contains("ab"), true), ("x", .contains(""), true), ("5", .contains(5), false),
        (["a", 5], .contains("5"), true), (["a"], .contains("b"), false), (5, .contains(5), false),
        (["a": 1], .contains("a"), false), ("a\nb", .contains("\n"), true),
        (5, .exists(true), true), (nil, .exists(true), false), (nil, .exists(false), true),
        ("", .exists(true), true), (5, .exists(false), false),
    ]

    @Test(arguments: compatible)
    func `an operator of Intercept means the same here`(test: Case) {
        for dialect in [Policy.Dialect.intercept, .json] {
            let condition = Sample.test("x", test.operation)
            #expect(condition.admits(["x": test.actual], in: dialect) == test.holds)
        }
    }

    static let patterns: [(String, JSON, Bool)] = [
        ("^a+$", "aaa", true), ("a", "bab", true), ("^a$", "ab", false), ("a", 5, false),
        ("", "", true), ("(?i)RM", "rm", true), ("a", nil, false), ("a", ["a"], false),
    ]

    @Test(arguments: patterns)
    func `a pattern wants text`(pattern: String, actual: JSON, holds: Bool) throws {
        let condition = Sample.test("x", .regex(try Pattern(pattern)))
        #expect(condition.admits(["x": actual], in: .intercept) == holds)
    }

    static let missing: [Condition.Operation] = [
        .eq(nil), .neq(1), .isIn([nil]), .notIn([1]), .lt(5), .lte(5), .gt(-5), .gte(-5),
        .contains(""), .exists(true), .same(nil), .prefix(""), .suffix(""), .glob("*"),
        .pathWithin("/"), .hostIn([]), .cidr("::/0"), .type("null"),
    ]

    @Test(arguments: missing)
    func `a missing argument passes no operator`(operation: Condition.Operation) {
        for dialect in Policy.Dialect.allCases {
            #expect(!Sample.test("x", operation).admits([:], in: dialect))
            #expect(!Sample.test("y.x", operation).admits(["y": 1], in: dialect))
            #expect(!Sample.test("x", operation).fires(on: [:], in: dialect))
        }
        #expect(Sample.test("x", .exists(false)).admits([:], in: .intercept))
    }

    static let native: [Case] = [
        (5, .eq(5), true), (5, .eq("5"), true), (true, .eq("true"), true),
        (nil, .eq("<nil>"), false),
        (nil, .eq(nil), true), (["a b"], .eq(["a", "b"]), false), (["a"], .eq(["a"]), true),
        (1_000_000, .eq("1000000"), true), (1_000_000, .eq("1e+06"), false), ([], .eq("[]"), false),
        (["a": 1], .eq(["a": .number("1.0")]), true), ([1], .neq("[1]"), true),
        (5, .same("5"), false), (5, .same(.number("5.0")), true), ("5", .same("5"), true),
        (true, .same("true"), false), (true, .same(true), true), (nil, .same(nil), true),
        ("abc", .prefix("ab"), true), ("abc", .prefix("b"), false), (5, .prefix("5"), false),
        ("abc", .suffix("bc"), true), ("c", .suffix("bc"), false),
        ("\u{E9}", .suffix("\u{301}"), false),
        ("a/b/c", .glob("a*c"), true), ("ac", .glob("a?c"), false),
        ("a\u{E9}c", .glob("a?c"), true),
        ("abab", .glob("*ab"), true), ("aXbXc", .glob("a*b*c"), true), ("a", .glob(""), false),
        (5, .type("integer"), true), (.number("5.0"), .type("integer"), true),
        (.number("5.5"), .type("integer"), false), (.number("5.5"), .type("number"), true),
        ("5", .type("number"), false), ([], .type("array"), true), (empty, .type("object"), true),
        (nil, .type("null"), true), (true, .type("boolean"), true), (true, .type("bool"), false),
    ]

    @Test(arguments: native)
    func `an operator of ours compares exactly`(test: Case) {
        #expect(Sample.test("x", test.operation).admits(["x": test.actual]) == test.holds)
    }

    @Test(arguments: [
        (1.0, "1"), (0.0, "0"), (-0.0, "-0"), (1e6, "1e+06"), (123_456, "123456"),
        (1_234_567, "1.234567e+06"), (0.0001, "0.0001"), (0.00001, "1e-05"), (-2.5, "-2.5"),
        (1e100, "1e+100"), (.leastNonzeroMagnitude, "5e-324"), (0.1, "0.1"), (100_000, "100000"),
        (1.5e-7, "1.5e-07"), (123_456.75, "123456.75"), (0.5, "0.5"), (12, "12"), (1e21, "1e+21"),
    ])
    func `a double is printed as Go prints it`(value: Double, text: String) {
        #expect(GoText.number(value) == text)
    }
}
