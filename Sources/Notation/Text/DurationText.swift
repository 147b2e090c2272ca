// Durations as people write them in policies and profiles: 500ms, 2s, 1m30s, 1h.

/// The text of a duration, exact to the millisecond.
package enum DurationText {
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]

    /// The milliseconds of `text`: whole numbers with units, larger units first, each at most
    /// once. A number without a unit is refused, since everyone reads it differently.
    package static func milliseconds(_ text: String) throws(TextError) -> Int64 {
        var rest = text[...]
        var total: Int64 = 0
        var usedUnits = 0
        guard !rest.isEmpty else {
            throw TextError(text, "is no duration; write one like 500ms, 2s or 1m30s")
        }
        while !rest.isEmpty {
            let digits = rest.prefix { ("0"..."9").contains($0) }
            rest = rest[digits.endIndex...]
            let name = rest.prefix { !("0"..."9").contains($0) }
            rest = rest[name.endIndex...]
            guard !digits.isEmpty, let unit = units.firstIndex(where: { $0.name == name }) else {
                throw TextError(text, "is no duration; write whole numbers with h, m, s or ms")
            }
            guard unit >= usedUnits else {
                throw TextError(text, "mixes its units; write larger units first, each once")
            }
            usedUnits = unit + 1
            guard let number = Int64(digits),
                let sum = total.adding(number, times: units[unit].milliseconds)
            else {
                throw TextError(text, "is too long a duration; the most is \(Int64.max) ms")
            }
            total = sum
        }
        return total
    }

    package static func duration(_ text: String) throws(TextError) -> Duration {
        .milliseconds(try milliseconds(text))
    }

    /// The shortest text of a number of milliseconds, not negative: 90,000 is "1m30s".
    package static func text(milliseconds: Int64) -> String {
        precondition(milliseconds >= 0, "a duration text is never negative")
        guard milliseconds > 0 else { return "0s" }
        var rest = milliseconds
        var text = ""
        for unit in units where rest >= unit.milliseconds {
            text += "\(rest / unit.milliseconds)\(unit.name)"
            rest %= unit.milliseconds
        }
        return text
    }

    /// The text of a duration; nil for one that is negative, no whole number of milliseconds,
    /// or beyond Int64 of them.
    package static func text(_ duration: Duration) -> String? {
        let (seconds, attoseconds) = duration.components
        let perMillisecond: Int64 = 1_000_000_000_000_000
        guard seconds >= 0, attoseconds >= 0, attoseconds % perMillisecond == 0,
            let total = (attoseconds / perMillisecond).adding(seconds, times: 1000)
        else { return nil }
        return text(milliseconds: total)
    }
}

extension Int64 {
    /// `self + number * factor`, or nil beyond Int64.
    func adding(_ number: Int64, times factor: Int64) -> Int64? {
        let (product, first) = number.multipliedReportingOverflow(by: factor)
        let (sum, second) = addingReportingOverflow(product)
        return first || second ? nil : sum
    }
}
