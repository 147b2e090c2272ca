// What every way of running Python is asked to run, and how its answer is checked.

import Engine
import Wire

/// The program of the benchmark.
enum BenchProgram {
    /// Also the one program that the floor knows.
    static let code = "print(1+1)"
    static let output = Array("2\n".utf8)
    static let spinner = "while True: pass"

    /// Ample for any run that works.
    static let limitMilliseconds: Int64 = 10_000

    /// A figure of a run that went wrong is no figure.
    static func check(_ outcome: Outcome) throws(EngineError) {
        guard outcome.status == .ok, outcome.output.text == "2\n" else {
            throw EngineError(
                stage: "bench",
                message: "a run ended with status \(outcome.status.rawValue), not ok",
                fix: "run `sandboa doctor`")
        }
    }
}
