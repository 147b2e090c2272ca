// A call's way through the house: every step in order, each a value handed forward.
//
//     tool lookup → argument schema → plan → engine → outcome → reply → result
//
// INVARIANT: the arguments that were checked are the arguments that run.
// INVARIANT: a step that fails answers; nothing is thrown past this file.

package import Catalog
package import Engine
import Jail
package import Kernel
package import MCP
package import Notation
import Wire

/// The tools on offer and what carries them out.
package final class Pipeline: Sendable {
    /// One tool with its argument schema, compiled once.
    private struct Entry: Sendable {
        let tool: any Tool.Type
        let schema: Schema
    }

    private let entries: [String: Entry]
    private let engine: Engine
    package let listings: [ToolListing]
    package let names: [String]
    /// At most this many schema violations are told at once.
    private static let maximumViolations = 5

    /// Throws when a tool's declared schema does not compile: our own mistake, found at start.
    package init(_ tools: [any Tool.Type], engine: Engine) throws(SchemaError) {
        var entries: [String: Entry] = [:]
        for tool in tools {
            let declaration = tool.declaration
            entries[declaration.name] = Entry(
                tool: tool, schema: try Schema(compiling: declaration.input))
        }
        self.entries = entries
        self.engine = engine
        names = tools.map { $0.declaration.name }
        listings = tools.map { Self.listing($0.declaration) }
    }

    /// What one call gives: the result to send, and a step to take once it is sent.
    package struct Answer: Sendable {
        package let result: CallResult
        /// The status of the run, when there was one.
        package let status: String?
        fileprivate let ticket: Ticket?
    }

    /// A slot to be given back after the reply.
    fileprivate struct Ticket: Sendable {
        let giveBack: @Sendable () -> Void
    }

    package struct Call: Sendable {
        package var tool: String
        package var arguments: JSONObject
        package var startedAt: Moment
        package var cancellation: Cancellation
        package var progress: (@Sendable (String) -> Void)?
        /// Called once the call needs this thread no more for a while, at the latest at its end.
        package var underWay: (@Sendable () -> Void)?

        package init(
            tool: String, arguments: JSONObject, startedAt: Moment = .now,
            cancellation: Cancellation = Cancellation(),
            progress: (@Sendable (String) -> Void)? = nil
        ) {
            self.tool = tool
            self.arguments = arguments
            self.startedAt = startedAt
            self.cancellation = cancellation
            self.progress = progress
        }
    }

    package func has(_ tool: String) -> Bool { entries[tool] != nil }

    /// Answers a call of a tool that is on offer. Blocks until the answer is there.
    package func answer(_ call: Call) -> Answer {
        guard let entry = entries[call.tool] else {
            return refusal("unknown_tool", "there is no tool '\(call.tool)' on offer here.")
        }
        let violations = entry.schema.violations(
            of: .object(call.arguments), limit: Self.maximumViolations)
        guard violations.isEmpty else {
            return refusal(
                "invalid_arguments", violations.map(\.message).joined(separator: "; "))
        }
        do {
            let plan = try entry.tool.plan(call.arguments, setting)
            return try carryOut(plan, entry.tool, call)
        } catch let error as ToolError {
            return refusal("invalid_arguments", error.description)
        } catch let error as EngineError {
            return refusal("unavailable", "\(error). \(error.fix)")
        } catch {
            return refusal("internal", "the call could not be carried out; nothing was run.")
        }
    }

    /// Takes what the run used back into service. Call it when the answer is on its way.
    package func finish(_ answer: Answer) { answer.ticket?.giveBack() }

    package func cancel(_ cancellation: Cancellation) { engine.cancel(cancellation) }

    // MARK: Steps

    private var setting: Setting {
        Setting(
            limits: engine.configuration.profile.limits,
            hasEnvironment: engine.configuration.environment != nil)
    }

    private func carryOut(
        _ plan: RunPlan, _ tool: any Tool.Type, _ call: Call
    ) throws(EngineError) -> Answer {
        var request = RunRequest(
            job: plan.job, limitMilliseconds: plan.limits.wallMilliseconds,
            since: call.startedAt, cancellation: call.cancellation)
        request.progress = call.progress
        request.underWay = call.underWay
        let template = plan.template
        let finished = try engine.run(request, on: template)
        let reply = tool.reply(to: finished.outcome, of: plan)
        let engine = engine
        let result = CallResult(
            content: [.text(reply.text)], structured: reply.structured, isError: reply.isError,
            meta: meta(tool.declaration, finished, plan))
        return Answer(
            result: result, status: finished.outcome.status.rawValue,
            ticket: Ticket { engine.release(finished, on: template) })
    }

    private func meta(
        _ declaration: Declaration, _ finished: Engine.Finished, _ plan: RunPlan
    ) -> JSONObject {
        [
            "sandboa/category": .string(declaration.effective.rawValue),
            "sandboa/profile": .string(declaration.profile),
            "sandboa/walls": .array(finished.walls.map { .string($0.name) }),
            "sandboa/timeout_ms": .integer(plan.limits.wallMilliseconds),
        ]
    }

    /// An answer that says why nothing was run.
    private func refusal(_ code: String, _ reason: String) -> Answer {
        let structured: JSONObject = [
            "error": ["code": .string(code), "reason": .string(reason)]
        ]
        return Answer(
            result: CallResult(
                content: [.text("\(code): \(reason)")], structured: structured, isError: true,
                meta: [:]),
            status: nil, ticket: nil)
    }

    private static func listing(_ declaration: Declaration) -> ToolListing {
        let hints = declaration.hints
        return ToolListing(
            name: declaration.name, title: declaration.title,
            description: declaration.description, inputSchema: declaration.input,
            outputSchema: declaration.output,
            annotations: ToolAnnotations(
                readOnly: hints.readOnly, destructive: hints.destructive,
                idempotent: hints.idempotent, openWorld: hints.openWorld))
    }
}
