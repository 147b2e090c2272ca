// All slots busy: what a run costs the processors, and how many fit into a second.

import Engine
import Kernel
import Wire

/// Keeps an engine busy from several threads, in windows of time.
struct Load: Sendable {
    let engine: Engine
    let processors: Int

    /// While one run of a slot is being cleaned up, another slot's runs.
    static let slotsPerProcessor = 2
    /// More than slots, so that somebody always waits: then no worker is warmed up and parked.
    private static let clientsPerProcessor = 3
    private static let windowMilliseconds: Int64 = 400
    private static let coldStartsPerWindow = 4

    private struct State {
        var busy: Int
        var runs = 0
        var failure: EngineError?
    }

    func measure(windows: Int) throws -> [Series: Samples] {
        var processorTime = Samples()
        var use = Samples()
        var cold = Samples()
        for _ in 0..<windows {
            for _ in 0..<Self.coldStartsPerWindow {
                cold.add(Double(try ColdProgram.coldPython.run().processorMicroseconds))
            }
            let before = try ProcessTree.processorMicroseconds()
            let start = Moment.now
            let runs = try window()
            let wall = Double(Moment.now.nanoseconds(since: start)) / 1000
            let used = Double(try ProcessTree.processorMicroseconds() - before)
            processorTime.add(used / Double(runs))
            // Runs a second, over processors times a second over the time of one run.
            use.add(used / (wall * Double(processors)))
        }
        return [.processorTime: processorTime, .useOfProcessors: use, .coldProcessorTime: cold]
    }

    /// Runs of all clients in one window. Every slot is clean again when it returns.
    private func window() throws -> Int {
        let clients = processors * Self.clientsPerProcessor
        let state = Monitor(State(busy: clients))
        let deadline = Moment.now.advanced(byMilliseconds: Self.windowMilliseconds)
        for _ in 0..<clients {
            try Threads.start {
                let (runs, failure) = self.serve(until: deadline)
                state.update {
                    $0.busy -= 1
                    $0.runs += runs
                    $0.failure = $0.failure ?? failure
                }
            }
        }
        let result: Result<Int, EngineError>? = state.wait { state in
            guard state.busy == 0 else { return nil }
            return state.failure.map { .failure($0) } ?? .success(state.runs)
        }
        guard let result else { preconditionFailure("a wait without a deadline has a result") }
        return try result.get()
    }

    private func serve(until deadline: Moment) -> (runs: Int, failure: EngineError?) {
        let job = Job(code: BenchProgram.code)
        var runs = 0
        do throws(EngineError) {
            while Moment.now < deadline {
                let request = RunRequest(
                    job: job, limitMilliseconds: BenchProgram.limitMilliseconds)
                let finished = try engine.run(request, on: .std)
                engine.release(finished, on: .std)
                try BenchProgram.check(finished.outcome)
                runs += 1
            }
        } catch { return (runs, error) }
        return (runs, nil)
    }
}
