// Running the tests that a policy file carries: each call by itself, with counters from empty.

package import Notation

/// The tests of one policy, run.
package struct PolicyTester: Sendable {
    package struct Result: Sendable {
        package let test: PolicyTest
        /// What the policy says; with counters empty, a limit refuses only what it always would.
        package let verdict: Verdict

        package var hasRightDecision: Bool { verdict.decision == test.expected }
        package var hasRightRule: Bool { test.rule.map { $0 == verdict.rule } ?? true }
        package var passed: Bool { hasRightDecision && hasRightRule }
        /// The test's own name, or its tool and line.
        package var name: String {
            test.name ?? "\(test.call.tool), line \(test.mark.line)"
        }
    }

    package let file: String
    package let results: [Result]

    package var failures: [Result] { results.filter { !$0.passed } }
    package var passed: Bool { failures.isEmpty }

    /// `completing` adds what a catalogue knows of a call: handler, category, required arguments.
    package init(
        running policy: CompiledPolicy, completing: (PolicyCall) -> PolicyCall = { $0 }
    ) {
        file = policy.policy.file
        results = policy.policy.tests.map { test in
            let call = completing(test.call)
            let now = test.at ?? PolicyEvaluation.start
            var verdict = policy.decide(call, counters: .empty, at: now)
            var counters = MemoryCounters()
            if verdict.decision == .allow,
                case .refused(let index, _, _) = counters.reserve(
                    verdict.reservations, at: now)
            {
                let refused = verdict.reservations[index]
                verdict = Verdict(.deny)
                verdict.rule = refused.rule
                verdict.mark = refused.mark
                verdict.reason = refused.refusal ?? "The limit refuses this call."
            }
            return Result(test: test, verdict: verdict)
        }
    }
}

extension PolicyTester {
    package static let columns = ["", "test", "expected", "actual", "rule"]

    /// One row a test, for a table with `columns`.
    package var rows: [[String]] {
        results.map { result in
            let rule = result.verdict.rule.isEmpty ? "-" : result.verdict.rule
            let wanted = result.hasRightRule ? "" : " (not '\(result.test.rule ?? "")')"
            return [
                result.passed ? "ok" : "FAIL", result.name, result.test.expected.rawValue,
                result.verdict.decision.rawValue, rule + wanted,
            ]
        }
    }

    package var json: JSON {
        let tests = results.map { result -> JSON in
            var object: JSONObject = [
                "name": .string(result.name), "source": .string(result.test.mark.description),
                "tool": .string(result.test.call.tool), "passed": .bool(result.passed),
                "expected": .string(result.test.expected.rawValue),
                "decision": .string(result.verdict.decision.rawValue),
                "rule": .string(result.verdict.rule),
            ]
            if let rule = result.test.rule { object["expected_rule"] = .string(rule) }
            if !result.verdict.reason.isEmpty { object["reason"] = .string(result.verdict.reason) }
            return .object(object)
        }
        return [
            "file": .string(file), "total": JSON(results.count), "failed": JSON(failures.count),
            "tests": .array(tests),
        ]
    }

    /// JUnit's XML, as build servers read it.
    package var junit: String {
        var lines = [
            #"<?xml version="1.0" encoding="UTF-8"?>"#,
            "<testsuite name=\"\(XMLText.escaped(file))\" tests=\"\(results.count)\" "
                + "failures=\"\(failures.count)\">",
        ]
        for result in results {
            let attributes =
                "classname=\"\(XMLText.escaped(result.test.call.tool))\" "
                + "name=\"\(XMLText.escaped(result.name))\""
            guard !result.passed else {
                lines.append("  <testcase \(attributes)/>")
                continue
            }
            lines.append("  <testcase \(attributes)>")
            lines.append("    <failure message=\"\(XMLText.escaped(result.failure))\">")
            lines.append("      " + XMLText.escaped("\(result.test.mark)"))
            lines.append("    </failure>")
            lines.append("  </testcase>")
        }
        return (lines + ["</testsuite>", ""]).joined(separator: "\n")
    }
}

extension PolicyTester.Result {
    /// What went wrong, in a sentence.
    package var failure: String {
        let by = verdict.rule.isEmpty ? "" : " by '\(verdict.rule)'"
        let wanted = test.rule.map { " by '\($0)'" } ?? ""
        return "expected \(test.expected.rawValue)\(wanted), got \(verdict.decision.rawValue)\(by)"
    }
}
