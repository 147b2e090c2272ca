// Who carries plans out: each piece of work is handed to the part of the house that does it.

internal import Catalog
package import Engine
internal import Jail
internal import Kernel
internal import Policies
internal import Wire

/// Does the work of calls.
///
/// INVARIANT: nothing here judges; what arrives was decided and is on record.
package final class Workshop: Sendable {
    package let engines: EngineShelf
    /// Where files and long output of runs are kept for their caller; nil: they are not.
    package let artifacts: ArtifactStore?

    package init(_ engines: EngineShelf, artifacts: ArtifactStore? = nil) {
        self.engines = engines
        self.artifacts = artifacts
    }

    /// What came of a plan, and what is left to do once the reply is out.
    struct Carried: Sendable {
        let plan: Plan
        let done: Done
        let walls: [String]
        let giveBack: @Sendable () -> Void
    }

    /// What a plan may depend on: the limits of the tool's own profile, of the verdict's, and what
    /// the verdict tightens, each the lowest.
    func setting(_ declaration: Declaration, _ verdict: Verdict?) throws -> Setting {
        var limits = try engines.profile(declaration.profile).limits
        if let chosen = verdict?.profile, chosen != declaration.profile {
            limits = try engines.profile(chosen).limits.lowered(to: limits)
        }
        return Setting(
            limits: limits.tightened(by: verdict?.limits),
            hasEnvironment: engines.first.configuration.environment != nil)
    }

    /// Does what a plan says, behind the walls that the verdict chose. Blocks until it is done.
    func carryOut(
        _ plan: Plan, of call: Pipeline.Call, for declaration: Declaration, _ verdict: Verdict
    ) throws -> Carried {
        switch plan.work {
        case .run(let execution) where execution.needsHouse:
            throw ToolError("not available yet")
        case .run(let execution):
            let engine = try engines.engine(verdict.profile, own: declaration.profile)
            return try run(execution, plan, call, engine)
        case .session, .sessions, .files, .environments:
            throw ToolError("not available yet")
        }
    }

    package func cancel(_ cancellation: Cancellation) { engines.cancel(cancellation) }

    private func run(
        _ execution: Execution, _ plan: Plan, _ call: Pipeline.Call, _ engine: Engine
    ) throws -> Carried {
        var request = RunRequest(
            job: execution.job, limitMilliseconds: plan.limits.wallMilliseconds,
            since: call.startedAt, cancellation: call.cancellation)
        request.limits = plan.limits
        request.progress = call.progress
        request.underWay = call.underWay
        request.artifacts = artifacts
        let finished = try engine.run(request, on: execution.template)
        let ran = Ran(
            finished.outcome, finished.remains, keptIn: artifacts, for: call.caller.identity)
        return Carried(plan: plan, done: .ran(ran), walls: finished.walls.map(\.name)) {
            engine.release(finished, on: execution.template)
        }
    }
}

extension Execution {
    /// Whether more belongs to it than a worker: a file to read or write, an environment to find.
    fileprivate var needsHouse: Bool { file != nil || saveAs != nil || environment != nil }
}
