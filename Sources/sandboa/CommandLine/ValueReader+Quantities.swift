import Notation

/// Times and sizes: numbers with a unit.
extension ValueReader {
    func duration(
        _ text: String, in range: ClosedRange<Duration>
    ) throws(ValueError) -> Duration {
        let span: Duration
        do throws(TextError) {
            span = try DurationText.duration(text)
        } catch {
            throw ValueError(problem: "can't be read: \(error)")
        }
        guard range.contains(span) else {
            throw ValueError(
                problem: "must be from \(shown(range.lowerBound)) to "
                    + "\(shown(range.upperBound)), not `\(text)`")
        }
        return span
    }

    /// In bytes.
    func size(_ text: String, in range: ClosedRange<Int64>) throws(ValueError) -> Int64 {
        let bytes: Int64
        do throws(TextError) {
            bytes = try SizeText.bytes(text)
        } catch {
            throw ValueError(problem: "can't be read: \(error)")
        }
        guard range.contains(bytes) else {
            throw ValueError(
                problem: "must be from \(SizeText.text(bytes: range.lowerBound)) to "
                    + "\(SizeText.text(bytes: range.upperBound)), not `\(text)`")
        }
        return bytes
    }

    private func shown(_ duration: Duration) -> String {
        DurationText.text(duration) ?? "\(duration)"
    }
}
