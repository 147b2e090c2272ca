// Texts that tell the text operators of one path apart: every mixture of matching and not
// matching that exists, as far as the patterns can be read.

internal import Notation

struct TextCells {
    /// Longest text that is made to reach a length.
    static let maxLength: Int64 = 4_096
    private static let stretchable: Int64 = 16
    /// Characters of all constants that are searched around together with the patterns.
    private static let maxConstants = 1_500
    /// Lengths up to here are searched for together with the patterns.
    private static let maxSearchedLength: Int64 = 32

    private(set) var values: [String]
    private(set) var isExhaustive = true
    /// Texts were stretched: whether each mixture has each length is for the tests to say.
    private(set) var isStretched = false

    /// `constants`: texts that other operators compare with. `lengths`: those that tests of the
    /// text's length tell apart.
    init(for operations: [Condition.Operation], constants: [String], lengths: [Int64]) {
        values = constants
        var trees: [RegexTree] = []
        var odd: [[String]] = []
        for operation in operations {
            if let (tree, isExact) = Self.tree(of: operation) {
                if !trees.contains(tree) { trees.append(tree) }
                if !isExact { isExhaustive = false }
            } else {
                let samples = Self.samples(for: operation)
                if !samples.isEmpty && !odd.contains(samples) { odd.append(samples) }
            }
        }
        let patterns = trees.count
        let isSearchable = lengths.allSatisfy { $0 <= Self.maxSearchedLength }
        if isSearchable {
            for length in lengths where length > 0 { trees.append(Self.atLeast(length)) }
        } else if !trees.isEmpty {
            // Longer texts of each mixture end in what can be repeated.
            trees.append(Self.atLeast(Self.stretchable))
        }
        values.append(Self.fresh(beside: constants))
        if !trees.isEmpty, !constants.isEmpty {
            // What is found must be no constant, or it would say nothing about other texts.
            let size = constants.reduce(0) { $0 + $1.unicodeScalars.count }
            if size <= Self.maxConstants {
                trees.append(.exactly(constants))
            } else {
                isExhaustive = false
            }
        }
        let search = TextSearch(trees)
        if !search.isComplete { isExhaustive = false }
        values += search.found.map(\.text)
        values += odd.joined()
        if odd.count > 1 || (!odd.isEmpty && patterns > 0) { isExhaustive = false }
        if !isSearchable { stretch(to: lengths) }
        if !isExhaustive { values += values.flatMap { [$0 + "x", "x" + $0, $0 + "\n"] } }
    }

    /// A text that is none of these.
    private static func fresh(beside constants: [String]) -> String {
        let taken = Set(constants)
        var text = "x"
        // One more than there are constants is enough.
        for number in 0...taken.count where taken.contains(text) { text = "x\(number)" }
        return text
    }

    /// Texts of each length, made of those there are.
    private mutating func stretch(to lengths: [Int64]) {
        isStretched = true
        var stretched: [String] = []
        for length in lengths {
            guard length <= Self.maxLength else {
                isExhaustive = false
                continue
            }
            let even = String(repeating: "x", count: Int(length))
            stretched.append(values.contains(even) ? String(even.dropLast()) + "y" : even)
            for value in values {
                let missing = Int(length) - value.unicodeScalars.count
                guard missing > 0 else { continue }
                guard stretched.count < Representatives.maxCandidates / 4 else {
                    isExhaustive = false
                    break
                }
                let last = value.unicodeScalars.last.map(Character.init) ?? "x"
                stretched.append(value + String(repeating: last, count: missing))
            }
        }
        values += stretched
    }

    private static func atLeast(_ length: Int64) -> RegexTree {
        .sequence([.textStart, .repeated(.scalars(.all), least: Int(length), most: nil), .textEnd])
    }

    /// The operator as a pattern, and whether the pattern says exactly the same.
    private static func tree(
        of operation: Condition.Operation
    ) -> (tree: RegexTree, isExact: Bool)? {
        switch operation {
        case .regex(let pattern): RegexParser.tree(of: pattern.text)
        case .prefix(let text): (.prefix(text), true)
        case .suffix(let text): (.suffix(text), true)
        case .glob(let text): (.glob(text), true)
        case .contains(.string(let text)): (.literal(text), true)
        default: nil
        }
    }

    /// Texts for an operator that is no pattern: inside, outside, and beyond judging.
    private static func samples(for operation: Condition.Operation) -> [String] {
        switch operation {
        case .regex(let pattern):
            return [pattern.text, String(pattern.text.filter { $0.isLetter || $0.isNumber })]
        case .pathWithin(let directory):
            let base = directory.hasSuffix("/") ? String(directory.dropLast()) : directory
            return [
                directory, base + "/x", base + "/../x", base + "x", "/", "/x", "x", "../x", "~",
            ]
        case .hostIn(let hosts):
            let named = hosts.flatMap { host -> [String] in
                let name = host.hasPrefix(".") ? "x" + host : host
                return [name, "https://\(name)/x", name + ".x.example"]
            }
            return named + ["x.example", "x@x.example"]
        case .cidr(let network):
            let address = String(network.prefix { $0 != "/" })
            return [address, "0.0.0.0", "255.255.255.255", "::", "ffff::", "x"]
        default: return []
        }
    }
}
