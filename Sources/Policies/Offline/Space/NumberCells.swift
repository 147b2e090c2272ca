// Numbers that tell bounds apart: each bound, and between any two of them, below the lowest and
// above the highest a whole number, where there is one, and a fraction.

internal import Notation

struct NumberCells {
    private(set) var values: [JSON] = []
    /// Whether every cell between the bounds has its numbers.
    private(set) var isExhaustive = true

    init(around constants: [JSON]) {
        values = constants
        let numbers = constants.compactMap { ScaledDecimal($0) }
        let scale = (numbers.map(\.scale).max() ?? 0) + 2
        let bounds = Set(numbers.compactMap { $0.units(at: scale) }).sorted()
        if numbers.count < constants.count || bounds.count < Set(numbers.map(\.json)).count {
            isExhaustive = false
        }
        guard let first = bounds.first, let last = bounds.last,
            let unit = ScaledDecimal(units: 1, scale: 0).units(at: scale)
        else {
            values += [1, 1.5]
            return
        }
        add(between: first - 2 * unit, first, unit, scale)
        for (low, high) in zip(bounds, bounds.dropFirst()) { add(between: low, high, unit, scale) }
        add(between: last, last + 2 * unit, unit, scale)
        values += numbers.map(\.json) + constants.compactMap(Self.otherSpelling)
    }

    private mutating func add(between low: Int128, _ high: Int128, _ unit: Int128, _ scale: Int) {
        let isBelow = low < 0 && low % unit != 0
        let whole = (low / unit + (isBelow ? 0 : 1)) * unit
        if whole < high { values.append(ScaledDecimal(units: whole, scale: scale).json) }
        let candidates = [low + (high - low) / 2, low + (high - low) / 4]
        let fraction = candidates.first { $0 % unit != 0 && $0 > low && $0 < high }
        if let fraction { values.append(ScaledDecimal(units: fraction, scale: scale).json) }
    }

    /// The same value written differently: texts are compared with spellings.
    private static func otherSpelling(of constant: JSON) -> JSON? {
        switch constant {
        case .integer(let value): .number("\(value).0")
        case .number(let text): text.contains { ".eE".contains($0) } ? nil : .number(text + ".0")
        default: nil
        }
    }

    /// Whole numbers from 0 up: lengths and counters.
    static func counts(around constants: [JSON]) -> (values: [Int64], isExhaustive: Bool) {
        var values: Set<Int64> = [0, 1]
        var isExhaustive = true
        for constant in constants {
            guard let decimal = ScaledDecimal(constant),
                let unit = ScaledDecimal(units: 1, scale: 0).units(at: decimal.scale)
            else {
                isExhaustive = false
                continue
            }
            let whole = decimal.units / unit
            for value in [whole - 1, whole, whole + 1] {
                if let value = Int64(exactly: value), value >= 0 { values.insert(value) }
            }
        }
        return (values.sorted(), isExhaustive)
    }
}
