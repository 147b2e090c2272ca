// Who carries plans out: each piece of work is handed to the part of the house that does it.

internal import Catalog
package import Engine
internal import Jail
internal import Kernel
internal import Policies
internal import Wire
package import Workspace

/// Does the work of calls.
///
/// INVARIANT: nothing here judges; what arrives was decided and is on record.
package final class Workshop: Sendable {
    package let engines: EngineShelf
    let rooms: Rooms
    let sessions: Sessions

    /// What a server has besides its engines.
    package struct Rooms: Sendable {
        /// Where files and long output of runs are kept for their caller; nil: they are not.
        package var artifacts: ArtifactStore?
        /// The user's directory; nil: the operator gave none.
        package var workspace: Workspace?
        /// Looks for Pythons; nil: nobody asks.
        package var environments: (@Sendable () -> EnvironmentSearch)?
        package var sessionLimits: SessionLimits

        package init(
            artifacts: ArtifactStore? = nil, workspace: Workspace? = nil,
            environments: (@Sendable () -> EnvironmentSearch)? = nil, sessionLimits: SessionLimits
        ) {
            self.artifacts = artifacts
            self.workspace = workspace
            self.environments = environments
            self.sessionLimits = sessionLimits
        }
    }

    /// The profile of sessions: one for all, so that one tree of forks has one kind of walls.
    private static let sessionProfile = "interpreter"

    package init(_ engines: EngineShelf, _ rooms: Rooms) {
        self.engines = engines
        self.rooms = rooms
        sessions = Sessions(
            engine: { try engines.engine(nil, own: Self.sessionProfile) },
            limits: rooms.sessionLimits)
    }

    /// What came of a plan, and what is left to do once the reply is out.
    struct Carried: Sendable {
        let plan: Plan
        let done: Done
        var walls: [String] = []
        var giveBack: @Sendable () -> Void = {}
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
            hasEnvironment: engines.first.configuration.environment != nil,
            workspace: rooms.workspace?.path)
    }

    /// Does what a plan says, behind the walls that the verdict chose. Blocks until it is done.
    func carryOut(
        _ plan: Plan, of call: Pipeline.Call, for declaration: Declaration, _ verdict: Verdict
    ) throws -> Carried {
        do {
            switch plan.work {
            case .run(let execution):
                let prepared = try prepare(execution)
                let engine = try engines.engine(verdict.profile, own: declaration.profile)
                return try run(prepared, plan, call, engine)
            case .session(let id, let execution):
                try refuseOtherWalls(verdict, declaration)
                return try run(prepare(execution), in: id, plan, call)
            case .sessions(let request):
                return Carried(plan: plan, done: .sessions(try answer(request, call.owner)))
            case .files(let request):
                return Carried(plan: plan, done: .files(try answer(request)))
            case .environments(let request):
                let engine = { try self.engines.engine(verdict.profile, own: declaration.profile) }
                return Carried(
                    plan: plan, done: .environments(try answer(request, plan, call, engine)))
            }
        } catch let refusal as Refusal {
            return Carried(plan: plan, done: .refused(refusal))
        } catch let refusal as SessionRefusal {
            return Carried(
                plan: plan, done: .refused(Refusal(refusal.code.rawValue, refusal.reason)))
        } catch let refusal as WorkspaceRefusal {
            return Carried(
                plan: plan, done: .refused(Refusal(refusal.code.rawValue, refusal.reason)))
        } catch let refusal as EnvironmentRefusal {
            return Carried(
                plan: plan, done: .refused(Refusal(refusal.code.rawValue, refusal.reason)))
        }
    }

    /// What is kept of runs.
    package var artifacts: ArtifactStore? { rooms.artifacts }

    package func cancel(_ cancellation: Cancellation) {
        engines.cancel(cancellation)
        sessions.cancel(cancellation)
    }

    /// Ends everything that runs.
    package func end() {
        sessions.end()
        engines.end()
    }

    // MARK: Programs

    private func run(
        _ execution: Execution, _ plan: Plan, _ call: Pipeline.Call, _ engine: Engine
    ) throws -> Carried {
        let finished = try engine.run(request(execution, plan, call), on: execution.template)
        let ran = Ran(
            finished.outcome, finished.remains, keptIn: rooms.artifacts, for: call.caller.identity)
        return Carried(plan: plan, done: .ran(ran), walls: finished.walls.map(\.name)) {
            engine.release(finished, on: execution.template)
        }
    }

    private func run(
        _ execution: Execution, in id: String, _ plan: Plan, _ call: Pipeline.Call
    ) throws -> Carried {
        let run = try sessions.run(
            request(execution, plan, call), on: execution.template, in: id, owner: call.owner)
        var ran = Ran(
            run.outcome, run.remains, keptIn: rooms.artifacts, for: call.caller.identity)
        ran.session = SessionNote(
            id: id, isNew: run.isNew, lost: run.lost, ended: run.ended, calls: run.calls)
        return Carried(plan: plan, done: .ran(ran), walls: run.walls.map(\.name))
    }

    private func request(
        _ execution: Execution, _ plan: Plan, _ call: Pipeline.Call
    ) -> RunRequest {
        var request = RunRequest(
            job: execution.job, limitMilliseconds: plan.limits.wallMilliseconds,
            since: call.startedAt, cancellation: call.cancellation)
        request.limits = plan.limits
        request.progress = call.progress
        request.underWay = call.underWay
        request.artifacts = rooms.artifacts
        return request
    }

    /// Sessions share their walls with all that is forked from them: a verdict can't change them.
    private func refuseOtherWalls(_ verdict: Verdict, _ declaration: Declaration) throws {
        guard let chosen = verdict.profile, chosen != declaration.profile else { return }
        throw EngineShelf.Refusal(
            description: "the policy asks for the profile '\(chosen)', and a session keeps the "
                + "walls it began with: run the code in a process of its own")
    }
}

extension Pipeline.Call {
    /// Whose sessions these are.
    var owner: String { String(decoding: caller.identity, as: UTF8.self) }
}
