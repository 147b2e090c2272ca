// The policies that come with the program know every tool of the catalogue.

import Foundation
import Notation
import Policies
import Testing

@testable import Catalog

@Suite struct PolicyFileTests {
    static let files = ["default.yaml", "strict.yaml", "permissive.yaml"]

    private static func policy(_ file: String) throws -> Policy {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let bytes = Array(try Data(contentsOf: root.appending(path: "policies/\(file)")))
        return try PolicyLoader(file: file, hash: "").load(bytes)
    }

    private static func decision(
        _ compiled: CompiledPolicy, _ declaration: Declaration, _ arguments: JSONObject
    ) -> Verdict.Decision {
        let call = PolicyCall(
            tool: declaration.name, arguments: arguments,
            category: declaration.category(of: arguments), required: declaration.required)
        return compiled.decide(call, counters: .empty, at: PolicyEvaluation.start).decision
    }

    @Test(arguments: files)
    func `a policy's tests hold for what the tools really do`(file: String) throws {
        let policy = try Self.policy(file)
        let compiled = CompiledPolicy(policy)
        for test in policy.tests {
            guard let declaration = Catalog.tool(named: test.call.tool)?.declaration else {
                continue
            }
            let decision = Self.decision(compiled, declaration, test.call.arguments)
            #expect(decision == test.expected, "\(test.mark)")
        }
    }

    @Test func `by default every tool may be called, with every effect`() throws {
        let compiled = CompiledPolicy(try Self.policy("default.yaml"))
        for tool in Catalog.all {
            var arguments = tool.declaration.examples
            #expect(Self.decision(compiled, tool.declaration, arguments) == .allow)
            for effect in tool.declaration.effects { arguments[effect.argument] = effect.example }
            #expect(Self.decision(compiled, tool.declaration, arguments) == .allow)
        }
    }

    @Test func `the strict policy lets look and run, and asks before every change`() throws {
        let compiled = CompiledPolicy(try Self.policy("strict.yaml"))
        for tool in Catalog.all {
            let declaration = tool.declaration
            let decision = Self.decision(compiled, declaration, declaration.examples)
            let changes = declaration.effective == .write
            #expect(decision == (changes ? .requireApproval : .allow), "\(declaration.name)")
        }
    }
}
