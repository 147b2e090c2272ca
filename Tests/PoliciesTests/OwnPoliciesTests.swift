// The policies that come with the program: they load without a warning and mean what they say.

import Foundation
import Testing

@testable import Policies

@Suite struct OwnPoliciesTests {
    private static func policy(_ path: String) throws -> Policy {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let url = root.appending(path: "policies/\(path)")
        return try PolicyLoader(file: path, hash: "").load(Array(try Data(contentsOf: url)))
    }

    @Test(arguments: ["default.yaml", "strict.yaml", "permissive.yaml"])
    func `our own policies load without a warning`(path: String) throws {
        let policy = try Self.policy(path)
        #expect(policy.warnings.isEmpty)
        #expect(policy.dialect == .sandboa)
        #expect(!policy.tests.isEmpty)
    }

    @Test(arguments: ["default.yaml", "strict.yaml", "permissive.yaml"])
    func `our own policies pass their tests`(path: String) throws {
        let policy = try Self.policy(path)
        let compiled = CompiledPolicy(policy)
        for test in policy.tests {
            var call = test.call
            call.required = call.tool == "python_execute" ? ["code"] : []
            let verdict = compiled.decide(call, counters: .empty, at: PolicyEvaluation.start)
            #expect(verdict.decision == test.expected, "\(test.mark): \(verdict.reason)")
        }
    }

    @Test(arguments: ["default.yaml", "strict.yaml"])
    func `whatever a call is named, what destroys is denied`(path: String) throws {
        let compiled = CompiledPolicy(try Self.policy(path))
        let call = PolicyCall(tool: "python_venv", arguments: [:], category: .destructive)
        let verdict = compiled.decide(call, counters: .empty, at: PolicyEvaluation.start)
        #expect(verdict.decision == .deny)
    }
}
