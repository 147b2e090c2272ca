// The first phase: everything that takes milliseconds, in turns, so that noise hits all alike.

import Engine
import Kernel
import Wire

/// Measures several ways to run one program, in a new order each round.
final class Interleaved {
    private let engine: Engine
    private var series: [Series]
    private let floor: FloorClient?
    private let server: ServerProcess?
    private let echo: EchoProcess?
    private let sessions: SessionClient?
    private let bubblewrap: ColdProgram?
    private(set) var reasons: [Series: String] = [:]
    private var measured: [Series: Samples] = [:]
    private let job = Job(code: BenchProgram.code)

    /// Calls of a burst. More than a server keeps parked workers.
    static let burstCalls = 16
    /// Every so many rounds there is a burst: it leaves the longest trail.
    private static let roundsPerBurst = 4
    /// So that what the one before left to be cleaned up is not measured with the next: a killed
    /// worker takes one to two milliseconds, a server's new parked workers after a burst twenty.
    private static let pauseMilliseconds: Int64 = 4
    private static let pauseAfterBurstMilliseconds: Int64 = 25
    /// Rounds that are not counted: caches fill, branches are learned.
    private static let warmUpRounds = 3

    init(
        engine: Engine, installation: Installation, home: String, wanted: [Series]
    ) throws {
        self.engine = engine
        series = wanted
        floor =
            wanted.contains(.floor)
            ? try FloorClient(engine.configuration, job: job.encoded(seal: Seal())) : nil
        let needsServer = wanted.contains(.endToEnd) || wanted.contains(.burst)
        server = needsServer ? try ServerProcess(installation, home: home) : nil
        echo = wanted.contains(.echo) ? try EchoProcess() : nil
        let needsSessions = wanted.contains(.session) || wanted.contains(.branch)
        sessions = needsSessions ? try SessionClient(installation) : nil
        bubblewrap = ColdProgram.bubblewrap
        try server?.initialize()
        tryBubblewrap()
    }

    func end() {
        floor?.end()
        echo?.end()
        sessions?.end()
        // The figures are in; a server that ends badly is not one of them.
        do { try server?.end() } catch { return }
    }

    /// It may be missing, or forbidden to ordinary users: then its rows say so.
    private func tryBubblewrap() {
        guard series.contains(.bubblewrap) else { return }
        do {
            if try bubblewrap?.run() != nil { return }
            reasons[.bubblewrap] = "bubblewrap is not installed"
        } catch {
            reasons[.bubblewrap] = "bubblewrap does not work here"
        }
        series.removeAll { $0 == .bubblewrap }
    }

    func measure(rounds: Int) throws -> [Series: Samples] {
        // The same orders every time: a run can be repeated.
        var random = SplitMix(seed: 1)
        for round in 0..<(Self.warmUpRounds + rounds) {
            for one in series.shuffled(using: &random) {
                if one == .burst, round % Self.roundsPerBurst != 0 { continue }
                // Each turn is taken twice and counts once: the first fills the caches that the
                // turn of another has emptied. So each figure is that of its own steady state.
                if one != .burst {
                    _ = try self.times(one)
                    pause(Self.pauseMilliseconds)
                }
                let times = try times(one)
                if round >= Self.warmUpRounds || rounds == 1 {
                    for time in times {
                        measured[one, default: Samples()].add(Double(time) / 1000)
                    }
                }
                pause(one == .burst ? Self.pauseAfterBurstMilliseconds : Self.pauseMilliseconds)
            }
        }
        return measured
    }

    /// One turn, in nanoseconds.
    private func times(_ series: Series) throws -> [Int64] {
        switch series {
        case .floor: try floor.map { [try bareFork($0)] } ?? []
        case .coldPython: [try ColdProgram.coldPython.run().nanoseconds]
        case .bubblewrap: try bubblewrap.map { [try $0.run().nanoseconds] } ?? []
        case .onDemand: [try onDemand()]
        case .parked: [try parked()]
        case .session: try sessions.map { [try $0.call()] } ?? []
        case .branch: try sessions.map { [try $0.branch()] } ?? []
        case .endToEnd: try server.map { [try $0.call()] } ?? []
        case .echo: try echo.map { [try $0.turn()] } ?? []
        case .burst: try server.map { try burst($0) } ?? []
        default: preconditionFailure("\(series.rawValue) is not measured in turns")
        }
    }

    private func bareFork(_ client: FloorClient) throws(EngineError) -> Int64 {
        let ran = try client.run()
        guard ran.output == BenchProgram.output else {
            throw EngineError(
                stage: "bench", message: "the floor's program printed something else",
                fix: "reinstall: sandboa and sandboa-worker must be of one version")
        }
        return ran.nanoseconds
    }

    private func onDemand() throws -> Int64 {
        engine.endParkedWorkers(on: .std)
        pause(Self.pauseMilliseconds)
        return try parked()
    }

    /// From the job to its outcome; the slot's next worker is parked before this returns.
    private func parked() throws(EngineError) -> Int64 {
        let request = RunRequest(job: job, limitMilliseconds: BenchProgram.limitMilliseconds)
        let start = Moment.now
        let finished = try engine.run(request, on: .std)
        let time = Moment.now.nanoseconds(since: start)
        engine.release(finished, on: .std)
        try BenchProgram.check(finished.outcome)
        return time
    }

    private func burst(_ server: ServerProcess) throws -> [Int64] {
        try (0..<Self.burstCalls).map { _ in try server.call() }
    }

    /// Waits without sleeping: a processor that has gone idle takes long to wake, on a virtual
    /// machine above all, and that would be in every figure, ours and the references'.
    private func pause(_ milliseconds: Int64) {
        let end = Moment.now.advanced(byMilliseconds: milliseconds)
        while Moment.now < end {}
    }
}
