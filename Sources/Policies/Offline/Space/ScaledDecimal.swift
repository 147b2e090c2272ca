internal import Notation

/// A decimal number as a whole number of small units, for arithmetic between bounds.
struct ScaledDecimal: Hashable, Sendable {
    /// Digits that fit with room for the arithmetic.
    static let maxDigits = 30

    /// Units of ten to the power of minus `scale`.
    let units: Int128
    let scale: Int

    init(units: Int128, scale: Int) {
        self.units = units
        self.scale = scale
    }

    /// nil: no number, or one with too many digits.
    init?(_ json: JSON) {
        let text: String
        switch json {
        case .integer(let value): text = "\(value)"
        case .number(let spelling): text = spelling
        default: return nil
        }
        let parts = text.lowercased().split(separator: "e", maxSplits: 1)
        let mantissa = (parts.first ?? "").split(separator: ".", maxSplits: 1)
        let fraction = mantissa.count == 2 ? mantissa[1] : ""
        guard let whole = mantissa.first, let exponent = Int(parts.count == 2 ? parts[1] : "0"),
            exponent.magnitude <= Self.maxDigits,
            whole.count + fraction.count <= Self.maxDigits,
            let digits = Int128(String(whole) + fraction)
        else { return nil }
        let scale = fraction.count - exponent
        if scale >= 0 {
            self.init(units: digits, scale: scale)
        } else {
            guard let widened = digits.scaled(byPowerOfTen: -scale) else { return nil }
            self.init(units: widened, scale: 0)
        }
    }

    /// The same number in units of a finer scale; nil: too many digits.
    func units(at finer: Int) -> Int128? { units.scaled(byPowerOfTen: finer - scale) }

    /// Without needless zeros; whole numbers as integers.
    var json: JSON {
        var (units, scale) = (units, scale)
        while scale > 0, units % 10 == 0 {
            units /= 10
            scale -= 1
        }
        guard scale > 0 else { return JSON(units) }
        var digits = String(units.magnitude)
        let zeros = String(repeating: "0", count: max(0, scale + 1 - digits.count))
        digits = zeros + digits
        return .number((units < 0 ? "-" : "") + digits.dropLast(scale) + "." + digits.suffix(scale))
    }
}

extension Int128 {
    fileprivate func scaled(byPowerOfTen power: Int) -> Int128? {
        var value = self
        for _ in 0..<Swift.max(0, power) {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            if overflow || product.magnitude > Self.most { return nil }
            value = product
        }
        return value
    }

    private static let most: UInt128 = UInt128(Self.max) / 10_000
}
