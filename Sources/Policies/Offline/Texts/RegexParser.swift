// Reads RE2's syntax into a tree. Word boundaries, Unicode property classes, line anchors and the
// folding of letters beyond ASCII are only approached: the tree then finds texts to try, but it
// says nothing about texts it does not find.
//
// The expression has been compiled by RE2 before: errors need no words here.

/// A reader of one regular expression.
struct RegexParser {
    /// Groups open at once.
    static let maxDepth = 64

    private var rest: Substring.UnicodeScalarView
    private var depth = 0
    private var flags = Flags()
    private var isExact = true

    private struct Flags {
        var foldsCase = false
        var dotTakesNewline = false
        var linesAnchor = false
    }

    /// The tree, and whether it matches the same texts as the expression; nil where the
    /// expression goes beyond what is read here.
    static func tree(of text: String) -> (tree: RegexTree, isExact: Bool)? {
        var parser = RegexParser(rest: text[...].unicodeScalars)
        guard let tree = parser.choice(), parser.rest.isEmpty else { return nil }
        return (tree, parser.isExact)
    }

    private init(rest: Substring.UnicodeScalarView) { self.rest = rest }

    private mutating func choice() -> RegexTree? {
        guard depth < Self.maxDepth else { return nil }
        depth += 1
        defer { depth -= 1 }
        var branches: [RegexTree] = []
        repeat {
            guard let branch = sequence() else { return nil }
            branches.append(branch)
        } while take("|")
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() -> RegexTree? {
        var parts: [RegexTree] = []
        while let next = rest.first, next != "|", next != ")" {
            guard let atoms = atom() else { return nil }
            guard let last = atoms.last else { continue }
            parts += atoms.dropLast()
            guard let repeated = quantified(last) else { return nil }
            parts.append(repeated)
        }
        return .sequence(parts)
    }

    /// What stands at the cursor: usually one part; none for a bare flag, several for `\Q…\E`.
    private mutating func atom() -> [RegexTree]? {
        let scalar = rest.removeFirst()
        switch scalar {
        case "(": return group()
        case "[":
            guard let (set, isInverted) = ScalarClassParser.set(from: &rest) else { return nil }
            let known = folded(set)
            return [.scalars(isInverted ? known.inverted : known)]
        case ".": return [.scalars(flags.dotTakesNewline ? .all : .allButNewline)]
        case "^":
            if flags.linesAnchor { isExact = false }
            return [.textStart]
        case "$":
            if flags.linesAnchor { isExact = false }
            return [.textEnd]
        case "\\": return escape()
        default: return [.scalars(folded(ScalarSet(scalar)))]
        }
    }

    /// The set with the other cases of its letters, when case does not count.
    private mutating func folded(_ set: ScalarSet) -> ScalarSet {
        guard flags.foldsCase else { return set }
        if let folded = set.caseFolded { return folded }
        isExact = false
        return set
    }

    private mutating func group() -> [RegexTree]? {
        let outer = flags
        if take("?") {
            if take("P") || rest.first == "<" {
                guard take("<"), let end = rest.firstIndex(of: ">") else { return nil }
                rest = rest[rest.index(after: end)...]
            } else {
                guard let end = readFlags() else { return nil }
                if end == ")" { return [] }
            }
        }
        guard let inner = choice(), take(")") else { return nil }
        flags = outer
        return [inner]
    }

    /// Reads `i-s:` or `i)`; the scalar that ended it.
    private mutating func readFlags() -> Unicode.Scalar? {
        var value = true
        while let scalar = rest.popFirst() {
            switch scalar {
            case "-": value = false
            case "i": flags.foldsCase = value
            case "s": flags.dotTakesNewline = value
            case "m": flags.linesAnchor = value
            case "U": break
            case ":", ")": return scalar
            default: return nil
            }
        }
        return nil
    }

    private mutating func escape() -> [RegexTree]? {
        switch rest.first {
        case "A":
            rest.removeFirst()
            return [.textStart]
        case "z":
            rest.removeFirst()
            return [.textEnd]
        case "b", "B":
            rest.removeFirst()
            isExact = false
            return []
        case "p", "P":
            isExact = false
            return property()
        case "Q":
            rest.removeFirst()
            return quoted()
        default:
            guard let set = ScalarClassParser.escape(from: &rest) else { return nil }
            return [.scalars(folded(set))]
        }
    }

    /// `\pL` or `\p{Greek}`: letters stand for whatever it is.
    private mutating func property() -> [RegexTree]? {
        rest.removeFirst()
        guard let next = rest.popFirst() else { return nil }
        if next == "{" {
            guard let end = rest.firstIndex(of: "}") else { return nil }
            rest = rest[rest.index(after: end)...]
        }
        return [.scalars(ScalarSet([0x41...0x5A, 0x61...0x7A]))]
    }

    /// The text up to `\E`.
    private mutating func quoted() -> [RegexTree]? {
        var parts: [RegexTree] = []
        while let scalar = rest.popFirst() {
            if scalar == "\\", rest.first == "E" {
                rest.removeFirst()
                break
            }
            parts.append(.scalars(folded(ScalarSet(scalar))))
        }
        return parts
    }

    private mutating func quantified(_ atom: RegexTree) -> RegexTree? {
        var result = atom
        while let (least, most) = quantifier() {
            result = .repeated(result, least: least, most: most)
            _ = take("?")
        }
        return result
    }

    private mutating func quantifier() -> (least: Int, most: Int?)? {
        switch rest.first {
        case "*":
            rest.removeFirst()
            return (0, nil)
        case "+":
            rest.removeFirst()
            return (1, nil)
        case "?":
            rest.removeFirst()
            return (0, 1)
        case "{": return braces()
        default: return nil
        }
    }

    /// `{2}`, `{2,}` or `{2,5}`; anything else is a brace that means itself.
    private mutating func braces() -> (least: Int, most: Int?)? {
        guard let end = rest.firstIndex(of: "}") else { return nil }
        let inner = String(rest[rest.index(after: rest.startIndex)..<end])
        let parts = inner.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count <= 2, let least = parts.first.flatMap({ Int($0) }), least >= 0,
            inner.allSatisfy({ $0 == "," || $0.isASCII && $0.isNumber })
        else { return nil }
        var most: Int? = least
        if parts.count == 2 {
            most = Int(parts[1])
            guard most != nil || parts[1].isEmpty else { return nil }
        }
        rest = rest[rest.index(after: end)...]
        return (least, most)
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard rest.first == scalar else { return false }
        rest.removeFirst()
        return true
    }
}
