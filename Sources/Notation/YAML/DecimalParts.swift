/// The parts of `[-+] digits [. digits] [e [-+] digits]`, where digits may miss on one side of
/// the point. That is how YAML spells fractions; JSON is stricter.
struct DecimalParts {
    private var isNegative = false
    private var whole: Substring.UTF8View
    private var fraction: Substring.UTF8View?
    private var exponent: Substring.UTF8View?

    init?(_ text: String) {
        var rest = text[...].utf8
        isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        whole = Self.takeDigits(&rest)
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            fraction = Self.takeDigits(&rest)
        }
        guard !whole.isEmpty || fraction?.isEmpty == false else { return nil }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest.removeFirst()
            let start = rest
            if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") {
                rest.removeFirst()
            }
            guard !Self.takeDigits(&rest).isEmpty else { return nil }
            exponent = start[..<rest.startIndex]
        }
        guard rest.isEmpty else { return nil }
    }

    /// The same number as JSON spells it: no `+`, no leading zeros, digits around the point.
    var spelling: String {
        let digits = whole.drop { $0 == UInt8(ascii: "0") }
        var text = isNegative ? "-" : ""
        text += digits.isEmpty ? "0" : String(Substring(digits))
        if let fraction { text += "." + (fraction.isEmpty ? "0" : String(Substring(fraction))) }
        if let exponent { text += "e" + String(Substring(exponent)) }
        return text
    }

    private static func takeDigits(_ rest: inout Substring.UTF8View) -> Substring.UTF8View {
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        rest = rest[digits.endIndex...]
        return digits
    }
}
