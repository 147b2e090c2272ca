// Calls that never reach a worker: why nothing was run, for a model to act on.

import Catalog
import Foundation
import Jail
import Ledger
import MCP
import Notation
import Policies
import Testing

@testable import Engine
@testable import Gateway

/// Each test in a process of its own: an engine's control groups are named after its process.
@Suite struct PipelineTests {
    /// With an engine that has no worker to start: every call ends in an error.
    static func withPipeline(_ body: (Pipeline) throws -> Void) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path(percentEncoded: false)
        let share = root.hasSuffix("/") ? String(root.dropLast()) : root
        let profile = try Profile.load("\(share)/sandbox/profiles/compute.yaml")
        let engine = Engine(
            EngineConfiguration(
                installation: Installation(program: "", worker: "/nonexistent", share: share),
                profile: profile, environment: nil, required: nil))
        defer { engine.end() }
        // A call that gets this far waits for a template that never comes, until its time is over.
        engine.pool.update { $0.lanes[.std]?.state = .starting }
        let file = PolicyFile("\(share)/policies/permissive.yaml")
        let judge = Judge(try PolicyKeeper(file), counters: LockedCounters())
        let shelf = EngineShelf(engine) { name in
            try Profile.load("\(share)/sandbox/profiles/\(name).yaml")
        } making: { _ in
            throw EngineShelf.Refusal(description: "no other")
        }
        try body(
            try Pipeline(
                Catalog.all,
                workshop: Workshop(
                    shelf, Workshop.Rooms(sessionLimits: SessionLimits(clearingWith: "clear"))),
                judge: judge, chronicle: Chronicle(nil)))
    }

    private static func refusal(
        _ pipeline: Pipeline, _ tool: String, _ arguments: JSONObject
    )
        throws -> (code: String?, reason: String)
    {
        let answer = pipeline.answer(Pipeline.Call(tool: tool, arguments: arguments))
        pipeline.finish(answer)
        let result = try #require(answer.result)
        #expect(result.isError)
        #expect(answer.status == nil)
        let structured = try #require(result.structured)
        let declared = try Schema(compiling: try #require(Catalog.all.first).declaration.output)
        #expect(declared.violations(of: .object(structured)).isEmpty)
        let error = structured["error"]
        return (error?["code"]?.asString, error?["reason"]?.asString ?? "")
    }

    @Test func `a tool that is not on offer is refused by name`() async {
        await #expect(processExitsWith: .success) {
            try Self.withPipeline { pipeline in
                #expect(!pipeline.has("nonsense"))
                let refusal = try Self.refusal(pipeline, "nonsense", [:])
                #expect(refusal.code == "unknown_tool")
                #expect(refusal.reason.contains("'nonsense'"))
            }
        }
    }

    @Test func `arguments that do not fit are refused, each by its name`() async {
        await #expect(processExitsWith: .success) {
            try Self.withPipeline { pipeline in
                let refusal = try Self.refusal(
                    pipeline, Catalog.example, ["timeout": 0, "kontext": [:]])
                #expect(refusal.code == "invalid_arguments")
                for name in ["code", "timeout", "kontext"] {
                    #expect(refusal.reason.contains(name))
                }
            }
        }
    }

    @Test func `what is offered is what was selected, with its schemas`() async {
        await #expect(processExitsWith: .success) {
            try Self.withPipeline { pipeline in
                #expect(pipeline.names == Catalog.names)
                let listings = pipeline.listings().tools
                #expect(listings.map(\.name) == Catalog.names)
                for (listing, tool) in zip(listings, Catalog.all) {
                    #expect(listing.inputSchema == tool.declaration.input)
                    #expect(listing.outputSchema == tool.declaration.output)
                }
            }
        }
    }
}
