// The benchmark: phases one after the other, each starting and ending what it needs.

import Engine
import Jail
import Kernel
import Wire

/// One run of the benchmark.
struct Bench {
    let installation: Installation
    let profile: Profile
    let rounds: Int
    let rows: [BenchRow]
    private let home: ScratchHome
    private var measured: [Series: Samples] = [:]
    private var reasons: [Series: String] = [:]

    /// A round of a phase that takes longer stands for this many of the first phase's.
    private static let roundsPerSlowRound = 10
    static let defaultRounds = 200

    init(
        _ installation: Installation, rows: [BenchRow], rounds: Int
    ) throws {
        self.installation = installation
        self.rows = rows
        self.rounds = rounds
        profile = try Profile.load("\(installation.share)/sandbox/profiles/compute.yaml")
        home = try ScratchHome()
    }

    /// Measures what the rows need. Throws when a run goes wrong: there is no figure then.
    mutating func report() throws -> BenchReport {
        defer { home.remove() }
        let wanted = Set(rows.flatMap(\.series))
        var machine = try Machine.here()
        let needsEngine = !wanted.isSubset(of: Series.policies)
        machine.walls = needsEngine ? try measureOneByOne(wanted) : []
        if !wanted.isDisjoint(with: [.processorTime, .coldProcessorTime, .useOfProcessors]) {
            try measureLoad()
        }
        if !wanted.isDisjoint(with: [.initialize, .firstResult]) { try measureStart() }
        if !wanted.isDisjoint(with: Series.policies) {
            add(try PolicyCosts(home: home.path).measure(rounds: rounds))
        }
        let results = rows.compactMap { BenchResult($0, measured) }
        let missing = rows.filter { row in !results.contains { $0.row == row } }.map { row in
            (row, row.series.compactMap { reasons[$0] }.first ?? "nothing was measured")
        }
        return BenchReport(machine: machine, rounds: rounds, results: results, missing: missing)
    }

    private var slowRounds: Int { max(1, rounds / Self.roundsPerSlowRound) }

    // MARK: Phases

    /// The series that are measured in turns, then the spinner; gives the walls that held.
    private mutating func measureOneByOne(_ wanted: Set<Series>) throws -> [String] {
        let engine = try engine(slots: 1)
        defer { engine.end() }
        let walls = try start(engine)
        let phase = try Interleaved(
            engine: engine, installation: installation, home: home.path,
            wanted: Series.interleaved.filter(wanted.contains))
        defer { phase.end() }
        add(try phase.measure(rounds: rounds))
        reasons.merge(phase.reasons) { first, _ in first }
        if !wanted.isDisjoint(with: [.late, .lateReady]) {
            add(try Spinner.measure(engine, rounds: slowRounds))
        }
        return walls
    }

    private mutating func measureLoad() throws {
        let processors = Processes.processorCount
        let engine = try engine(slots: processors * Load.slotsPerProcessor)
        defer { engine.end() }
        _ = try start(engine)
        add(try Load(engine: engine, processors: processors).measure(windows: slowRounds))
    }

    private mutating func measureStart() throws {
        for _ in 0..<slowRounds {
            let start = Moment.now
            let server = try ServerProcess(installation, home: home.path)
            do {
                try server.initialize()
                add(.initialize, Moment.now.nanoseconds(since: start))
                _ = try server.call()
                add(.firstResult, Moment.now.nanoseconds(since: start))
                try server.end()
            } catch {
                try server.end()
                throw error
            }
        }
    }

    // MARK: Helpers

    private func engine(slots: Int) throws(EngineError) -> Engine {
        var profile = profile
        profile.readySlots = slots
        profile.maximumSlots = slots
        return Engine(
            EngineConfiguration(
                installation: installation, profile: profile, environment: nil, required: nil))
    }

    private func start(_ engine: Engine) throws -> [String] {
        try engine.start()
        do { return try engine.waitUntilReady().map(\.name) } catch {
            engine.end()
            throw error
        }
    }

    private mutating func add(_ series: Series, _ nanoseconds: Int64) {
        measured[series, default: Samples()].add(Double(nanoseconds) / 1000)
    }

    private mutating func add(_ more: [Series: Samples]) {
        measured.merge(more) { _, new in new }
    }
}
