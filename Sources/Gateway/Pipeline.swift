// A call's way through the house: every step in order, each a value handed forward.
//
//     tool lookup → argument schema → effective category → verdict, counters reserved → record
//     decided → [a person's approval] → engine → outcome → counters settled → reply → result
//     → (sent) → record finished
//
// INVARIANT: the arguments that were checked and judged are the arguments that run.
// INVARIANT: nothing runs before its decision is on record.
// INVARIANT: a step that fails answers; nothing is thrown past this file.

package import Catalog
package import Engine
import Jail
package import Kernel
package import MCP
package import Notation
import Policies
import Wire

/// The tools on offer and what carries them out.
package final class Pipeline: Sendable {
    /// One tool with its argument schema, compiled once.
    private struct Entry: Sendable {
        let tool: any Tool.Type
        let schema: Schema
        let listing: ToolListing
    }

    /// By their exact bytes: what Unicode holds for the same text is another name here.
    private let entries: [ExactText: Entry]
    private let workshop: Workshop
    private let judge: Judge
    private let chronicle: Chronicle
    package let names: [String]
    /// At most this many schema violations are told at once.
    private static let maximumViolations = 5

    /// Throws when a tool's declared schema does not compile (our own mistake) or its profile
    /// can't be read (perhaps the operator's): found at start, not at a call.
    package init(
        _ tools: [any Tool.Type], workshop: Workshop, judge: Judge, chronicle: Chronicle
    ) throws {
        var entries: [ExactText: Entry] = [:]
        for tool in tools {
            let declaration = tool.declaration
            _ = try workshop.setting(declaration, nil)
            entries[ExactText(declaration.name)] = Entry(
                tool: tool, schema: try Schema(compiling: declaration.input),
                listing: ToolListing(declaration))
        }
        self.entries = entries
        self.workshop = workshop
        self.judge = judge
        self.chronicle = chronicle
        names = tools.map { $0.declaration.name }
    }

    /// What one call gives: what to send, and a step to take once it is sent.
    package struct Answer: Sendable {
        package enum Content: Sendable {
            case result(CallResult)
            /// Stateless era: a person has to be asked, and the client has to come again.
            case inputRequired(ElicitationQuestion, state: String, meta: JSONObject)
        }

        package let content: Content
        /// The status of the run, when there was one.
        package let status: String?
        fileprivate let closing: Closing?

        /// Whether the run was stopped by the client.
        var wasCancelled: Bool { status == Outcome.Status.cancelled.rawValue }

        /// The result; nil when the client has to come again.
        package var result: CallResult? {
            if case .result(let result) = content { result } else { nil }
        }
    }

    /// What is left to do for a call that ran, after its reply.
    fileprivate struct Closing: Sendable {
        let giveBack: @Sendable () -> Void
    }

    package struct Call: Sendable {
        package var tool: String
        package var arguments: JSONObject
        package var startedAt: Moment
        package var cancellation: Cancellation
        package var caller: Caller
        package var progress: (@Sendable (RunRequest.Progress) -> Void)?
        /// Called once all is decided, approval included, and the call is about to run.
        package var decided: (@Sendable () -> Void)?
        /// Called once the call needs this thread no more for a while, at the latest at its end.
        package var underWay: (@Sendable () -> Void)?
        /// Asks a person; nil: there is nobody to ask.
        var ask: (@Sendable (ApprovalSubject, Int64) -> ApprovalDesk.Outcome)?

        package init(
            tool: String, arguments: JSONObject, startedAt: Moment = .now,
            cancellation: Cancellation = Cancellation(), caller: Caller = .shell,
            progress: (@Sendable (RunRequest.Progress) -> Void)? = nil
        ) {
            self.tool = tool
            self.arguments = arguments
            self.startedAt = startedAt
            self.cancellation = cancellation
            self.caller = caller
            self.progress = progress
        }
    }

    /// The profiles that the tools on offer ask for, each once.
    package var profiles: [String] {
        Set(entries.values.map { $0.tool.declaration.profile }).sorted()
    }

    package func has(_ tool: String) -> Bool { entries[ExactText(tool)] != nil }

    /// What a client is shown under the policy in force, and which policy that is.
    package func listings() -> (tools: [ToolListing], policy: String) {
        let policy = judge.keeper.current
        let tools = names.filter { !policy.isHidden($0) }.compactMap {
            entries[ExactText($0)]?.listing
        }
        return (tools, policy.policy.hash)
    }

    /// The policy in force, by its hash.
    package var policyHash: String { judge.keeper.current.policy.hash }

    /// Answers a call of a tool that is on offer. Blocks until the answer is there.
    package func answer(_ call: Call) -> Answer {
        guard let entry = entries[ExactText(call.tool)] else {
            return refusal("unknown_tool", "there is no tool '\(call.tool)' on offer here.")
        }
        let declaration = entry.tool.declaration
        let violations = entry.schema.violations(
            of: .object(call.arguments), limit: Self.maximumViolations)
        guard violations.isEmpty else {
            let reason = violations.map(\.message).joined(separator: "; ")
            return invalid(reason, call, declaration)
        }
        do {
            // Arguments that make no sense are told before anything is counted.
            let way = Way(entry.tool)
            let plan = try way.plan(call.arguments, workshop.setting(declaration, nil))
            return decide(call, declaration, way, plan)
        } catch {
            return invalid("\(error)", call, declaration)
        }
    }

    /// How a call is planned and answered: by its tool, or by a resource of the tool's.
    private struct Way: Sendable {
        let plan: @Sendable (JSONObject, Setting) throws -> Plan
        let reply: @Sendable (Done, Plan) -> Reply

        init(_ tool: any Tool.Type) {
            plan = { try tool.plan($0, $1) }
            reply = { tool.reply(to: $0, of: $1) }
        }

        init(_ resource: ToolResource) {
            plan = resource.plan
            reply = { done, _ in resource.reply(done) }
        }
    }

    /// Reads a resource of a tool. It is judged as a call of that tool whose arguments are the
    /// variables of its address.
    func read(_ resource: ToolResource, _ call: Call) -> Answer {
        guard let declaration = entries[ExactText(call.tool)]?.tool.declaration else {
            return refusal("unknown_tool", "there is no tool '\(call.tool)' on offer here.")
        }
        do {
            let way = Way(resource)
            let plan = try way.plan(call.arguments, workshop.setting(declaration, nil))
            return decide(call, declaration, way, plan)
        } catch {
            return invalid("\(error)", call, declaration)
        }
    }

    /// The resources of tools on offer that the policy does not hide, with the tools' names.
    func resources() -> [(tool: String, resource: ToolResource)] {
        let policy = judge.keeper.current
        let hasWorkspace = workshop.rooms.workspace != nil
        return names.filter { !policy.isHidden($0) }.flatMap { name in
            (entries[ExactText(name)]?.tool.resources ?? [])
                .filter { hasWorkspace || !$0.needsWorkspace }.map { (name, $0) }
        }
    }

    /// Keeps records of what a transport refuses before it becomes a call.
    package func refusals(over transport: String) -> RefusalLog {
        RefusalLog(chronicle, transport: transport)
    }

    /// Takes what the run used back into service. Call it when the answer is on its way.
    package func finish(_ answer: Answer) { answer.closing?.giveBack() }

    package func cancel(_ cancellation: Cancellation) { workshop.cancel(cancellation) }

    // MARK: Deciding

    /// `plan`: what the call would do if the verdict changes neither walls nor limits.
    private func decide(
        _ call: Call, _ declaration: Declaration, _ way: Way, _ plan: Plan
    ) -> Answer {
        let category = declaration.category(of: call.arguments)
        let subject = PolicyCall(
            tool: call.tool, arguments: call.arguments, category: category,
            required: declaration.required, grant: call.caller.grant,
            session: call.caller.session, client: call.caller.client)
        let began = Moment.now
        var judgement = judge.judge(subject)
        var entry = Chronicle.Entry(call, declaration, category, judgement, since: began)
        do throws(Chronicle.Failure) { try chronicle.decided(&entry) } catch {
            judge.settle(judgement, as: .unused)
            return refusal("unavailable", error.description)
        }
        if judgement.verdict.decision == .requireApproval {
            call.underWay?()
            call.progress?(.waiting)
            switch ask(call, declaration, judgement.verdict) {
            case .inputRequired(let question, let state):
                return Answer(
                    content: .inputRequired(question, state: state, meta: meta(entry, nil)),
                    status: nil, closing: nil)
            case .denied(let denial):
                entry.approval = denial.code
                judgement.code = .denied
                judgement.verdict.decision = .deny
                judgement.verdict.reason = denial.sentence
            case .approved:
                entry.approval = "approved"
                judgement = judge.reserve(judgement.verdict)
                if judgement.code == nil { judgement.verdict.decision = .allow }
            }
            entry.judgement = judgement
            do throws(Chronicle.Failure) { try chronicle.decided(&entry) } catch {
                judge.settle(judgement, as: .unused)
                return refusal("unavailable", error.description)
            }
        }
        guard judgement.code == nil else { return denial(judgement, entry) }
        call.decided?()
        return run(call, way, plan, entry)
    }

    private enum Asked {
        case approved
        case denied(ApprovalDenial)
        case inputRequired(ElicitationQuestion, state: String)
    }

    private func ask(_ call: Call, _ declaration: Declaration, _ verdict: Verdict) -> Asked {
        guard let ask = call.ask else { return .denied(.noCapability) }
        let profile = verdict.profile ?? declaration.profile
        let question = ElicitationQuestion(
            tool: call.tool, rule: verdict.rule,
            arguments: chronicle.redacted(call.arguments), walls: "profile \(profile)")
        let subject = ApprovalSubject(
            tool: call.tool, arguments: call.arguments, policyHash: verdict.policyHash,
            client: call.caller.identity, question: question)
        let time = verdict.approval?.timeoutMilliseconds ?? Approval().timeoutMilliseconds
        return switch ask(subject, time) {
        case .answered(.approved): .approved
        case .answered(.denied(let denial)): .denied(denial)
        case .comeAgain(let state): .inputRequired(question, state: state)
        }
    }

    // MARK: Running

    private func run(
        _ call: Call, _ way: Way, _ usual: Plan, _ entry: Chronicle.Entry
    ) -> Answer {
        let judgement = entry.judgement
        let verdict = judgement.verdict
        do {
            let isUsual = verdict.profile == nil && verdict.limits == nil
            let plan =
                isUsual
                ? usual
                : try way.plan(call.arguments, workshop.setting(entry.declaration, verdict))
            let carried = try workshop.carryOut(plan, of: call, for: entry.declaration, verdict)
            let reply = way.reply(carried.done, plan)
            let result = CallResult(
                content: reply.parts.map(Content.init), structured: reply.structured,
                isError: reply.isError, meta: meta(entry, carried))
            // Before the reply: the client's next call may depend on it.
            judge.settle(judgement, as: reply.isError ? .failed : .ok)
            let chronicle = chronicle
            return Answer(
                content: .result(result), status: carried.done.status,
                closing: Closing {
                    chronicle.finished(entry, carried.done)
                    carried.giveBack()
                })
        } catch {
            judge.settle(judgement, as: .unused)
            chronicle.notRun(entry, "\(error)")
            switch error {
            case let error as ToolError: return refusal("invalid_arguments", error.description)
            case let error as EngineError: return refusal("unavailable", "\(error). \(error.fix)")
            case let error as EngineShelf.Refusal:
                return refusal("denied", error.description)
            default:
                return refusal(
                    "internal", "the call could not be carried out; nothing was run.")
            }
        }
    }

    private func meta(_ entry: Chronicle.Entry, _ carried: Workshop.Carried?) -> JSONObject {
        var meta: JSONObject = [
            "sandboa/category": .string(entry.category.rawValue),
            "sandboa/profile": .string(
                entry.judgement.verdict.profile ?? entry.declaration.profile),
        ]
        if let carried {
            meta["sandboa/walls"] = .array(carried.walls.map { .string($0) })
            meta["sandboa/timeout_ms"] = .integer(carried.plan.limits.wallMilliseconds)
        }
        if let id = entry.id { meta["sandboa/audit"] = .string(id) }
        return meta
    }

    // MARK: Refusing

    private func invalid(_ reason: String, _ call: Call, _ declaration: Declaration) -> Answer {
        chronicle.invalid(call, declaration, reason)
        return refusal("invalid_arguments", reason)
    }

    private func denial(_ judgement: Judge.Judgement, _ entry: Chronicle.Entry) -> Answer {
        var error: JSONObject = [
            "code": .string(judgement.code?.rawValue ?? Judge.Code.denied.rawValue),
            "rule": .string(judgement.verdict.rule),
            "reason": .string(judgement.verdict.reason),
        ]
        if let wait = judgement.retryAfterMilliseconds { error["retry_after_ms"] = .integer(wait) }
        return refusal(error, meta: meta(entry, nil))
    }

    /// An answer that says why nothing was run.
    private func refusal(_ code: String, _ reason: String) -> Answer {
        refusal(["code": .string(code), "reason": .string(reason)], meta: [:])
    }

    private func refusal(_ error: JSONObject, meta: JSONObject) -> Answer {
        let text = "\(error["code"]?.asString ?? ""): \(error["reason"]?.asString ?? "")"
        var structured: JSONObject = ["error": .object(error)]
        if error["rule"] != nil { structured["status"] = "denied" }
        return Answer(
            content: .result(
                CallResult(
                    content: [.text(text)], structured: structured, isError: true, meta: meta)),
            status: nil, closing: nil)
    }
}
