import Notation

/// Times and sizes: numbers with a unit.
extension ValueReader {
    func duration(
        _ text: String, in range: ClosedRange<Duration>
    ) throws(ValueError) -> Duration {
        throw ValueError(problem: "waits for Notation's DurationText")
    }

    func size(_ text: String, in range: ClosedRange<Int64>) throws(ValueError) -> Int64 {
        throw ValueError(problem: "waits for Notation's SizeText")
    }
}
