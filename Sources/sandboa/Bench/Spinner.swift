// How punctually a run that does not end is ended.

import Engine
import Kernel
import Wire

/// Runs an endless loop into its time limit.
enum Spinner {
    private static let limitMilliseconds: Int64 = 100

    /// Measures the lateness of the answer, and of the slot's being as good as new.
    static func measure(_ engine: Engine, rounds: Int) throws(EngineError) -> [Series: Samples] {
        var late = Samples()
        var ready = Samples()
        let job = Job(code: BenchProgram.spinner)
        for _ in 0..<rounds {
            let request = RunRequest(job: job, limitMilliseconds: limitMilliseconds)
            let finished = try engine.run(request, on: .std)
            late.add(lateness(request))
            engine.release(finished, on: .std)
            ready.add(lateness(request))
            guard finished.outcome.status == .timeout else {
                throw EngineError(
                    stage: "bench",
                    message: "an endless loop ended with status \(finished.outcome.status)",
                    fix: "run `sandboa doctor`")
            }
        }
        return [.late: late, .lateReady: ready]
    }

    private static func lateness(_ request: RunRequest) -> Double {
        Double(Moment.now.nanoseconds(since: request.deadline)) / 1000
    }
}
