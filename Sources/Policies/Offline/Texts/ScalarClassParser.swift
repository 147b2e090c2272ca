// Sets of scalars in RE2's syntax: `[a-z_]`, `[^[:alpha:]]`, `\d`, `\x{e9}`.

enum ScalarClassParser {
    /// What stands between `[`, already taken, and its `]`, before it is inverted; nil: not
    /// understood.
    static func set(
        from rest: inout Substring.UnicodeScalarView
    ) -> (set: ScalarSet, isInverted: Bool)? {
        let isInverted = rest.first == "^"
        if isInverted { rest.removeFirst() }
        var set = ScalarSet([])
        var isFirst = true
        while let scalar = rest.first, isFirst || scalar != "]" {
            isFirst = false
            if rest.starts(with: "[:".unicodeScalars) {
                guard let named = named(from: &rest) else { return nil }
                set = set.union(named)
                continue
            }
            guard let low = member(from: &rest) else { return nil }
            guard let range = range(from: low, in: &rest) else { return nil }
            set = set.union(range)
        }
        guard !rest.isEmpty else { return nil }
        rest.removeFirst()
        return (set, isInverted)
    }

    /// `low` alone, or up to the scalar behind a hyphen.
    private static func range(
        from low: ScalarSet, in rest: inout Substring.UnicodeScalarView
    ) -> ScalarSet? {
        guard rest.first == "-", rest.dropFirst().first != "]", let first = low.only else {
            return low
        }
        rest.removeFirst()
        guard let high = member(from: &rest)?.only, first <= high else { return nil }
        return ScalarSet([first...high])
    }

    private static func member(from rest: inout Substring.UnicodeScalarView) -> ScalarSet? {
        guard let scalar = rest.popFirst() else { return nil }
        return scalar == "\\" ? escape(from: &rest) : ScalarSet(scalar)
    }

    /// What stands behind a backslash, already taken.
    static func escape(from rest: inout Substring.UnicodeScalarView) -> ScalarSet? {
        guard let scalar = rest.popFirst() else { return nil }
        switch scalar {
        case "d": return .digits
        case "D": return ScalarSet.digits.inverted
        case "w": return .words
        case "W": return ScalarSet.words.inverted
        case "s": return .spaces
        case "S": return ScalarSet.spaces.inverted
        case "a": return ScalarSet("\u{07}")
        case "f": return ScalarSet("\u{0C}")
        case "t": return ScalarSet("\t")
        case "n": return ScalarSet("\n")
        case "r": return ScalarSet("\r")
        case "v": return ScalarSet("\u{0B}")
        case "x": return hexadecimal(from: &rest)
        default:
            let isMeant = scalar.value < 0x80 && !ScalarSet.words.contains(scalar.value)
            return isMeant || scalar == "_" ? ScalarSet(scalar) : nil
        }
    }

    /// `7F` or `{10FFFF}`.
    private static func hexadecimal(
        from rest: inout Substring.UnicodeScalarView
    ) -> ScalarSet? {
        var digits = String(rest.prefix(2))
        if rest.first == "{" {
            guard let end = rest.firstIndex(of: "}") else { return nil }
            digits = String(rest[rest.index(after: rest.startIndex)..<end])
            rest = rest[rest.index(after: end)...]
        } else {
            rest = rest.dropFirst(2)
        }
        return UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init).map { ScalarSet($0) }
    }

    /// `[:alpha:]` or `[:^alpha:]`.
    private static func named(from rest: inout Substring.UnicodeScalarView) -> ScalarSet? {
        let text = String(rest.prefix(while: { $0 != "]" }))
        guard text.hasSuffix(":"), text.count > 3 else { return nil }
        rest = rest.dropFirst(text.unicodeScalars.count + 1)
        var name = text.dropFirst(2).dropLast()
        let isInverted = name.first == "^"
        if isInverted { name = name.dropFirst() }
        guard let ranges = classes[String(name)] else { return nil }
        let set = ScalarSet(ranges)
        return isInverted ? set.inverted : set
    }

    private static let classes: [String: [ClosedRange<UInt32>]] = [
        "alnum": [0x30...0x39, 0x41...0x5A, 0x61...0x7A], "alpha": [0x41...0x5A, 0x61...0x7A],
        "ascii": [0...0x7F], "blank": [0x09...0x09, 0x20...0x20], "cntrl": [0...0x1F, 0x7F...0x7F],
        "digit": [0x30...0x39], "graph": [0x21...0x7E], "lower": [0x61...0x7A],
        "print": [0x20...0x7E], "punct": [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E],
        "space": [0x09...0x0D, 0x20...0x20], "upper": [0x41...0x5A],
        "word": [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A],
        "xdigit": [0x30...0x39, 0x41...0x46, 0x61...0x66],
    ]
}

extension ScalarSet {
    /// The one scalar of a set of one.
    fileprivate var only: UInt32? {
        guard ranges.count == 1, let range = ranges.first, range.count == 1 else { return nil }
        return range.lowerBound
    }
}
