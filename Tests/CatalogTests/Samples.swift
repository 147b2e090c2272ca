// Limits, plans and outcomes for the tests of this folder.

import Notation
import Testing
import Wire

@testable import Catalog
@testable import Jail

enum Samples {
    static let limits = Limits(
        wallMilliseconds: 60_000, wallCeilingMilliseconds: 600_000, cpuSeconds: 600,
        memory: 512 << 20, addressSpace: 4 << 30, processes: 64, openFiles: 256,
        fileSize: 64 << 20, stack: 8 << 20, scratch: 64 << 20, scratchFiles: 4096,
        output: 64 << 20, shownCharacters: 20_000)

    static func setting(hasEnvironment: Bool = true, workspace: String? = nil) -> Setting {
        Setting(limits: limits, hasEnvironment: hasEnvironment, workspace: workspace)
    }

    static func plan(notes: [String] = []) -> Plan {
        Plan(.run(Execution(Job(code: "1"), on: .std)), limits: limits, notes: notes)
    }

    /// A worker's report, as the worker's driver would write it.
    static func report(
        _ outcome: UInt32, _ texts: [UInt16: String] = [:], numbers: [UInt16: UInt64] = [:]
    ) throws -> RunReport {
        var writer = FrameWriter(kind: MessageKind.result)
        writer.add(1, outcome)
        for (tag, text) in texts.sorted(by: { $0.key < $1.key }) { writer.add(tag, text) }
        for (tag, number) in numbers.sorted(by: { $0.key < $1.key }) { writer.add(tag, number) }
        return try RunReport(writer.finished())
    }

    static func outcome(
        _ status: Outcome.Status, _ report: RunReport? = nil, cause: Outcome.Cause? = nil,
        output: CapturedText = .none, errors: CapturedText = .none
    ) -> Outcome {
        Outcome(
            status: status, report: report, cause: cause, output: output, errors: errors,
            usage: .init(
                wallMicroseconds: 12_345, cpuMicroseconds: 9_007, peakBytes: 1 << 20, processes: 1),
            limitMilliseconds: 60_000)
    }
}

extension Samples {
    /// A tool's reply, which fits the schema that the tool declares.
    static func reply(_ tool: any Tool.Type, _ done: Done, _ plan: Plan) throws -> Reply {
        let schema = try Schema(compiling: tool.declaration.output)
        let reply = tool.reply(to: done, of: plan)
        #expect(schema.violations(of: .object(reply.structured)).isEmpty)
        return reply
    }

    /// That nothing was left out: every declared field is there, but for `notes`.
    static func expectAllFields(of tool: any Tool.Type, in reply: Reply) {
        let declared = tool.declaration.output["properties"]?.asObject?.keys ?? []
        #expect(Set(reply.structured.keys).union(["notes"]) == Set(declared))
        #expect(!reply.isError)
        #expect(reply.structured["error"] == .null)
    }
}
