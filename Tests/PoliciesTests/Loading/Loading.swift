// How the tests of loading load.

import Foundation
import Notation
import Testing

@testable import Policies

/// Loads texts as policies.
enum Loading {
    static func policy(
        _ text: String, _ dialect: Policy.Dialect? = nil, isStrict: Bool = false,
        file: String = "policy.yaml"
    ) throws -> Policy {
        let loader = PolicyLoader(file: file, hash: "feed", dialect: dialect, isStrict: isStrict)
        return try loader.load(Array(text.utf8))
    }

    /// What is wrong with a text; empty when it loads.
    static func problems(
        _ text: String, _ dialect: Policy.Dialect? = nil, isStrict: Bool = false,
        file: String = "policy.yaml"
    ) -> [PolicyProblem] {
        let loader = PolicyLoader(file: file, hash: "feed", dialect: dialect, isStrict: isStrict)
        do throws(InvalidPolicy) {
            _ = try loader.load(Array(text.utf8))
            return []
        } catch {
            return error.problems
        }
    }

    static func errors(
        _ text: String, _ dialect: Policy.Dialect? = nil, isStrict: Bool = false,
        file: String = "policy.yaml"
    ) -> [String] {
        problems(text, dialect, isStrict: isStrict, file: file)
            .filter { $0.severity == .error }.map(\.description)
    }

    /// The five published policies, by name.
    static func seeds() throws -> [(name: String, bytes: [UInt8])] {
        let tests = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let folder = tests.deletingLastPathComponent().appending(path: "policies/seeds")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted()
        return try names.map { ($0, Array(try Data(contentsOf: folder.appending(path: $0)))) }
    }

    /// The rules of one tool, which a text in Intercept's dialect lists.
    static func rules(_ yaml: String, isStrict: Bool = false) throws -> [Rule] {
        try policy(intercept(yaml), isStrict: isStrict).sections.first?.rules ?? []
    }

    /// A policy with rules for the tool `t`, in Intercept's dialect.
    static func intercept(_ rules: String) -> String {
        "version: \"1\"\ndefault: allow\ntools:\n  t:\n    rules:\n" + indented(rules)
    }

    /// The same in our own dialect.
    static func native(_ rules: String, of tool: String = "t") -> String {
        "version: \"1\"\ndialect: sandboa\ndefault: deny\ntools:\n  \"\(tool)\":\n    rules:\n"
            + indented(rules)
    }

    private static func indented(_ rules: String) -> String {
        rules.split(separator: "\n").map { "      \($0)\n" }.joined()
    }
}

extension Rule {
    /// What it demands, in a word.
    var word: String {
        switch demand {
        case .nothing: "nothing"
        case .requiredArguments: "required arguments"
        case .require: "require"
        case .refusal: "refusal"
        case .approval: "approval"
        }
    }

    /// The tests of a demand, or of what a refusal depends on.
    var tests: [Condition.Test] {
        if case .require(let condition) = demand { return condition.tests }
        return when?.tests ?? []
    }
}

extension Condition {
    /// All tests of the tree, from left to right.
    var tests: [Test] {
        switch self {
        case .test(let test): [test]
        case .not(let part): part.tests
        case .all(let parts), .any(let parts): parts.flatMap(\.tests)
        }
    }
}

extension Limit {
    /// `3 _rate_minute/calendar 60s server`
    var line: String {
        "\(most) \(counter) \(window.kind.rawValue) \(window.seconds)s \(scope.rawValue)"
    }
}
