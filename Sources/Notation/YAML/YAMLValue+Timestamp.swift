// The plain texts that go-yaml takes for timestamps: `2006-1-2`, the same with ` 15:4:5` and a
// fraction, or with `T15:4:5`, a fraction and a zone.

extension YAMLValue {
    static func isTimestamp(_ text: String) -> Bool {
        var rest = text[...].utf8
        guard let year = number(upTo: 4, from: &rest), text.utf8.count - rest.count == 4,
            skip("-", in: &rest), let month = number(upTo: 2, from: &rest),
            skip("-", in: &rest), let day = number(upTo: 2, from: &rest),
            RFC3339.daysIn(month: month, year: year).map({ (1...$0).contains(day) }) == true
        else { return false }
        guard let separator = rest.popFirst() else { return true }
        guard let hour = number(upTo: 2, from: &rest), hour < 24,
            skip(":", in: &rest), let minute = number(upTo: 2, from: &rest), minute < 60,
            skip(":", in: &rest), let second = number(upTo: 2, from: &rest), second < 60,
            skipFraction(in: &rest)
        else { return false }
        switch separator {
        case UInt8(ascii: " "): return rest.isEmpty
        case UInt8(ascii: "T"), UInt8(ascii: "t"): return skipZone(in: &rest) && rest.isEmpty
        default: return false
        }
    }

    private static func number(upTo most: Int, from rest: inout Substring.UTF8View) -> Int? {
        let digits = rest.prefix(most).prefix { (0x30...0x39).contains($0) }
        rest = rest[digits.endIndex...]
        return Int(Substring(digits))
    }

    private static func skip(_ character: Unicode.Scalar, in rest: inout Substring.UTF8View) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    private static func skipFraction(in rest: inout Substring.UTF8View) -> Bool {
        guard skip(".", in: &rest) || skip(",", in: &rest) else { return true }
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        rest = rest[digits.endIndex...]
        return !digits.isEmpty
    }

    private static func skipZone(in rest: inout Substring.UTF8View) -> Bool {
        if skip("Z", in: &rest) { return true }
        guard skip("+", in: &rest) || skip("-", in: &rest), rest.count == 5,
            let hours = number(upTo: 2, from: &rest), hours <= 24, rest.count == 3,
            skip(":", in: &rest), let minutes = number(upTo: 2, from: &rest), minutes < 60
        else { return false }
        return true
    }
}
