// Sessions as the benchmark uses them: one that is called, and one that is branched.

import Engine
import Jail
import Kernel
import Wire

/// An engine of its own with two sessions in it.
final class SessionClient {
    private let engine: Engine
    private let sessions: Sessions
    private let snapshot: String
    private var branches = 0

    private static let owner = "bench"
    private static let called = "called"
    private static let branched = "branched"
    /// Something to copy page tables for: a list of 200,000 numbers, each an object.
    private static let data = "data = list(range(200_000))"

    init(_ installation: Installation) throws {
        var profile = try Profile.load("\(installation.share)/sandbox/profiles/interpreter.yaml")
        profile.readySlots = 1
        let engine = Engine(
            EngineConfiguration(
                installation: installation, profile: profile, environment: nil, required: nil))
        self.engine = engine
        sessions = Sessions(
            engine: { engine }, limits: SessionLimits(clearingWith: "the benchmark's end"))
        do {
            try engine.start()
            _ = try engine.waitUntilReady()
            _ = try Self.run(Self.data, in: Self.branched, sessions)
            snapshot = try sessions.checkpoint(Self.branched, label: nil, owner: Self.owner).id
            _ = try Self.run("import sys", in: Self.called, sessions)
        } catch {
            sessions.end()
            engine.end()
            throw error
        }
    }

    func end() {
        sessions.end()
        engine.end()
    }

    /// From the job to its outcome.
    func call() throws -> Int64 { try Self.run(BenchProgram.code, in: Self.called, sessions) }

    /// From the order to branch to the first outcome of the branch.
    func branch() throws -> Int64 {
        branches += 1
        let name = "branch-\(branches)"
        let start = Moment.now
        _ = try sessions.branch(Self.branched, from: snapshot, into: name, owner: Self.owner)
        _ = try Self.run(BenchProgram.code, in: name, sessions)
        let time = Moment.now.nanoseconds(since: start)
        try sessions.clear(name, owner: Self.owner)
        return time
    }

    private static func run(
        _ code: String, in session: String, _ sessions: Sessions
    ) throws -> Int64 {
        let request = RunRequest(
            job: Job(code: code), limitMilliseconds: BenchProgram.limitMilliseconds)
        let start = Moment.now
        let run = try sessions.run(request, on: .std, in: session, owner: owner)
        let time = Moment.now.nanoseconds(since: start)
        if code == BenchProgram.code { try BenchProgram.check(run.outcome) }
        return time
    }
}
