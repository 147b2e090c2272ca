// RFC 3339 date-times from and to seconds since 1970, in the proleptic Gregorian calendar.
// Leap seconds do not exist on this scale, so `:60` is refused.

/// A moment in UTC and its text.
package struct RFC3339: Hashable, Sendable, CustomStringConvertible {
    /// Seconds since 1970-01-01T00:00:00Z.
    package let seconds: Int64
    /// 0 to 999,999,999, counted forward from `seconds`.
    package let nanoseconds: Int32

    /// 0000-01-01T00:00:00Z and 9999-12-31T23:59:59Z: the years that the text can hold.
    package static let range: ClosedRange<Int64> = -62_167_219_200...253_402_300_799

    /// Nil outside the years 0 to 9999, or for nanoseconds of a second or more.
    package init?(seconds: Int64, nanoseconds: Int32 = 0) {
        guard Self.range.contains(seconds), (0..<1_000_000_000).contains(nanoseconds)
        else { return nil }
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// With as many digits of the fraction as it needs: none, 3, 6 or 9.
    package var description: String {
        let digits =
            nanoseconds == 0
            ? 0
            : nanoseconds % 1_000_000 == 0 ? 3 : nanoseconds % 1000 == 0 ? 6 : 9
        return text(fractionDigits: digits)
    }

    /// The UTC text with 0 to 9 digits of the second's fraction, cut and not rounded, so that a
    /// text is never later than its moment.
    package func text(fractionDigits: Int) -> String {
        precondition((0...9).contains(fractionDigits), "a nanosecond has at most 9 digits")
        let days = seconds.dividedDown(by: 86_400)
        let time = seconds - days * 86_400
        let date = Self.date(ofDay: days)
        var text: [UInt8] = []
        text.append(addingCapacity: Self.longest) { (output: inout OutputSpan<UInt8>) in
            Self.write(date.year, 4, "-", to: &output)
            Self.write(date.month, 2, "-", to: &output)
            Self.write(date.day, 2, "T", to: &output)
            Self.write(time / 3600, 2, ":", to: &output)
            Self.write(time / 60 % 60, 2, ":", to: &output)
            Self.write(time % 60, 2, fractionDigits > 0 ? "." : "Z", to: &output)
            guard fractionDigits > 0 else { return }
            let unit = (fractionDigits..<9).reduce(1 as Int64) { unit, _ in unit * 10 }
            Self.write(Int64(nanoseconds) / unit, fractionDigits, "Z", to: &output)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// `2026-11-20T12:00:00.123456789Z`.
    private static let longest = 30

    /// Writes the last `width` digits of a number, and what follows them.
    private static func write(
        _ value: Int64, _ width: Int, _ end: Unicode.Scalar, to output: inout OutputSpan<UInt8>
    ) {
        var unit: Int64 = 1
        for _ in 1..<width { unit *= 10 }
        while unit > 0 {
            output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / unit % 10))
            unit /= 10
        }
        output.append(UInt8(ascii: end))
    }
}

extension RFC3339 {
    /// Reads `2026-11-20T12:00:00.5Z` or the same with an offset such as `+01:00`. At most nine
    /// digits of a fraction; nil for anything else.
    package init?(_ text: String) {
        var rest = text[...].utf8
        guard let year = Self.digits(4, from: &rest), Self.skip("-", in: &rest),
            let month = Self.digits(2, from: &rest), Self.skip("-", in: &rest),
            let day = Self.digits(2, from: &rest),
            let days = Self.daysIn(month: month, year: year), (1...days).contains(day),
            Self.skip("T", in: &rest) || Self.skip("t", in: &rest),
            let hour = Self.digits(2, from: &rest), hour < 24, Self.skip(":", in: &rest),
            let minute = Self.digits(2, from: &rest), minute < 60, Self.skip(":", in: &rest),
            let second = Self.digits(2, from: &rest), second < 60,
            let nanoseconds = Self.fraction(from: &rest),
            let offset = Self.offset(from: &rest), rest.isEmpty
        else { return nil }
        let date = Self.day(of: Int64(year), Int64(month), Int64(day)) * 86_400
        let time = Int64(hour * 3600 + minute * 60 + second)
        self.init(seconds: date + time - offset, nanoseconds: nanoseconds)
    }

    private static func digits(_ count: Int, from rest: inout Substring.UTF8View) -> Int? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        rest = rest.dropFirst(count)
        return Int(Substring(digits))
    }

    private static func skip(
        _ character: Unicode.Scalar, in rest: inout Substring.UTF8View
    ) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    /// The nanoseconds of a fraction, 0 without one.
    private static func fraction(from rest: inout Substring.UTF8View) -> Int32? {
        guard skip(".", in: &rest) else { return 0 }
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard (1...9).contains(digits.count) else { return nil }
        rest = rest[digits.endIndex...]
        return Int32(Substring(digits) + String(repeating: "0", count: 9 - digits.count))
    }

    /// Seconds east of UTC.
    private static func offset(from rest: inout Substring.UTF8View) -> Int64? {
        if skip("Z", in: &rest) || skip("z", in: &rest) { return 0 }
        let isEast = skip("+", in: &rest)
        guard isEast || skip("-", in: &rest), let hours = digits(2, from: &rest), hours < 24,
            skip(":", in: &rest), let minutes = digits(2, from: &rest), minutes < 60
        else { return nil }
        return Int64(hours * 3600 + minutes * 60) * (isEast ? 1 : -1)
    }
}
