// Texts that tell the text operators of one path apart: every mixture of matching and not
// matching that exists, as far as the patterns can be read.

internal import Notation

struct TextCells {
    /// Longest text that is made to reach a length.
    static let maxLength: Int64 = 4_096
    /// Lengths up to here are searched for together with the patterns.
    private static let maxSearchedLength: Int64 = 200

    private(set) var values: [String]
    private(set) var isExhaustive = true

    /// `constants`: texts that other operators compare with. `lengths`: those that tests of the
    /// text's length tell apart.
    init(for operations: [Condition.Operation], constants: [String], lengths: [Int64]) {
        values = constants
        var trees: Set<RegexTree> = []
        var odd: [[String]] = []
        for operation in operations {
            if let (tree, isExact) = Self.tree(of: operation) {
                trees.insert(tree)
                if !isExact { isExhaustive = false }
            } else {
                let samples = Self.samples(for: operation)
                if !samples.isEmpty && !odd.contains(samples) { odd.append(samples) }
            }
        }
        let patterns = trees.count
        if !constants.isEmpty { trees.insert(.exactly(constants)) }
        let isSearchable = lengths.allSatisfy { $0 <= Self.maxSearchedLength }
        if isSearchable {
            for length in lengths where length > 0 { trees.insert(Self.atLeast(length)) }
        }
        let search = TextSearch(trees.sorted { "\($0)" < "\($1)" })
        if !search.isComplete { isExhaustive = false }
        values += search.found.map(\.text)
        values += odd.joined()
        if odd.count > 1 || (!odd.isEmpty && patterns > 0) { isExhaustive = false }
        if !isSearchable { stretch(to: lengths, isPlain: patterns == 0 && odd.isEmpty) }
        if !isExhaustive { values += values.flatMap { [$0 + "x", "x" + $0, $0 + "\n"] } }
    }

    /// Texts of each length, made of those there are.
    private mutating func stretch(to lengths: [Int64], isPlain: Bool) {
        if !isPlain { isExhaustive = false }
        var stretched: [String] = []
        for length in lengths {
            guard length <= Self.maxLength else {
                isExhaustive = false
                continue
            }
            stretched.append(String(repeating: "x", count: Int(length)))
            for value in values {
                let missing = Int(length) - value.unicodeScalars.count
                guard missing > 0, stretched.count < Representatives.maxValues else { continue }
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
