// Figures as people read them. Pure.

/// Spells measured values with three significant digits.
enum FigureText {
    /// Microseconds, with the unit that fits.
    static func time(_ microseconds: Double) -> String {
        let size = microseconds.magnitude
        if size >= 999_500 { return "\(significant(microseconds / 1_000_000)) s" }
        if size >= 999.5 { return "\(significant(microseconds / 1000)) ms" }
        return "\(significant(microseconds)) us"
    }

    /// A ratio; below a half as a fraction of one, as the bounds are spelled.
    static func ratio(_ value: Double, asFraction: Bool) -> String {
        guard asFraction, value > 0, value < 0.5 else { return significant(value) }
        return "1/\(significant(1 / value))"
    }

    /// Three significant digits, no exponent, no zeros at the end of a fraction.
    static func significant(_ value: Double) -> String {
        let size = value.magnitude
        guard size.isFinite else { return "?" }
        let digits = size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3
        return (value < 0 ? "-" : "") + fixed(size, digits: digits)
    }

    private static func fixed(_ value: Double, digits: Int) -> String {
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let scaled = (value * scale).rounded()
        guard scaled < 1e15 else { return "\(scaled / scale)" }
        let whole = Int64(scaled / scale)
        var fraction = String(Int64(scaled) - whole * Int64(scale))
        if fraction == "0" { return "\(whole)" }
        fraction = String(repeating: "0", count: digits - fraction.count) + fraction
        while fraction.last == "0" { fraction.removeLast() }
        return "\(whole).\(fraction)"
    }
}
