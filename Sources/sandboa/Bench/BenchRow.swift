// The rows of the benchmark: what is compared with what, and which bound holds.

/// One row. Its raw value is its name on the command line.
enum BenchRow: String, CaseIterable, Sendable {
    case floor
    case coldPython = "cold-python"
    case bubblewrap
    case onDemand = "on-demand"
    case onDemandCold = "on-demand-cold"
    case onDemandBubblewrap = "on-demand-bubblewrap"
    case parked
    case session
    case branch
    case endToEnd = "mcp"
    case burst = "mcp-burst"
    case echo
    case overhead
    case processorTime = "cpu"
    case sustained
    case initialize
    case firstResult = "first-result"
    case late
    case lateReady = "late-ready"
    case decision
    case decisionFlat = "decision-flat"
    case reload
    case reservation

    /// How the figure of a row is made.
    enum Figure: Hashable, Sendable {
        /// The times alone.
        case plain(Series)
        case ratio(Series, to: Series)
        /// One series less others, in microseconds.
        case difference(Series, less: [Series])
        /// The median itself, in microseconds.
        case time(Series)
        /// The median itself, a share.
        case share(Series)
    }

    var figure: Figure {
        switch self {
        case .floor: .plain(.floor)
        case .coldPython: .plain(.coldPython)
        case .bubblewrap: .plain(.bubblewrap)
        case .onDemand: .ratio(.onDemand, to: .floor)
        case .onDemandCold: .ratio(.onDemand, to: .coldPython)
        case .onDemandBubblewrap: .ratio(.onDemand, to: .bubblewrap)
        case .parked: .ratio(.parked, to: .floor)
        case .session: .time(.session)
        case .branch: .ratio(.branch, to: .floor)
        case .endToEnd: .ratio(.endToEnd, to: .coldPython)
        case .burst: .ratio(.burst, to: .coldPython)
        case .echo: .plain(.echo)
        case .overhead: .difference(.endToEnd, less: [.parked, .echo])
        case .processorTime: .ratio(.processorTime, to: .coldProcessorTime)
        case .sustained: .share(.useOfProcessors)
        case .initialize: .time(.initialize)
        case .firstResult: .time(.firstResult)
        case .late: .time(.late)
        case .lateReady: .time(.lateReady)
        case .decision: .time(.decision)
        case .decisionFlat: .ratio(.decisionAmongMany, to: .decision)
        case .reload: .time(.reload)
        case .reservation: .time(.reservation)
        }
    }

    /// The design's figures. Nil: shown to be compared with, or for information.
    var bound: Bound? {
        switch self {
        case .floor, .coldPython, .bubblewrap, .burst, .echo: nil
        case .onDemand: .atMost(1.25, aim: 1.12)
        case .onDemandCold: .atMost(1.0 / 6, aim: 1.0 / 8)
        case .onDemandBubblewrap: .atMost(1.0 / 8, aim: 1.0 / 10)
        case .parked: .atMost(0.15, aim: 0.08)
        case .session: .atMost(60, aim: 35)
        case .branch: .atMost(1.1, aim: 0.9)
        case .endToEnd: .atMost(1.0 / 30, aim: 1.0 / 60)
        case .overhead: .atMost(60, aim: 15)
        case .processorTime: .atMost(1.0 / 6, aim: 1.0 / 11)
        case .sustained: .atLeast(0.6, aim: 0.85)
        case .initialize: .atMost(10_000, aim: 3_000)
        case .firstResult: .atMost(150_000, aim: 60_000)
        case .late: .atMost(5_000, aim: 1_000)
        // It includes the next worker's fork and warm-up, which the design's aim does not.
        case .lateReady: .atMost(5_000)
        case .decision: .atMost(1, aim: 0.5)
        case .decisionFlat: .atMost(1.25, aim: 1.1)
        case .reload: .atMost(5_000)
        case .reservation: .atMost(75)
        }
    }

    /// What a reader has to know to read the row.
    var meaning: String {
        switch self {
        case .floor: "a bare fork of the warm Python without any wall; ratios divide by it"
        case .coldPython: "python3 -c, from start to end"
        case .bubblewrap: "the same in bubblewrap, with every namespace"
        case .onDemand: "an isolated run that forks its worker now, over floor"
        case .onDemandCold: "the same, over cold-python"
        case .onDemandBubblewrap: "the same, over bubblewrap"
        case .session: "a session's call, job in to result out"
        case .branch: "a branch of a session with 200,000 numbers, to its first result, over floor"
        case .parked: "job in to result out on a parked worker, over floor"
        case .endToEnd: "tools/call over stdio, calls some ms apart, over cold-python"
        case .burst: "the same in rows of \(Interleaved.burstCalls) without a pause"
        case .echo: "a line to `cat` and back: the pipes alone"
        case .overhead: "mcp less parked less echo: what protocol and gateway add"
        case .processorTime:
            "processor time of a run, supervisor, fork and clean-up included, over a cold start's"
        case .sustained: "runs/s with all slots busy, over what that time would allow"
        case .initialize: "server start to `initialize` answered"
        case .firstResult: "server start to the first result"
        case .late: "a spinner's time-out answered, after its limit"
        case .lateReady: "the spinner reaped and the next worker parked, after its limit"
        case .decision: "a policy's verdict on a call, three rules"
        case .decisionFlat: "the same among ten thousand tools, over decision"
        case .reload: "a policy of a thousand rules, read and compiled"
        case .reservation: "a limit charged in SQLite, safe from a kill"
        }
    }

    /// What has to be measured for the row.
    var series: [Series] {
        switch figure {
        case .plain(let series), .time(let series), .share(let series): [series]
        case .ratio(let series, let other): [series, other]
        case .difference(let series, let others): [series] + others
        }
    }
}
