// Texts for every mixture of patterns: one that the first matches and the second does not, and
// so on. All machines read the same text; each set of their states is visited once, shortest
// texts first, so what is not found does not exist, unless a limit stopped the search.

/// The search and what it found.
struct TextSearch: Sendable {
    /// Sets of states visited, and steps from one to the next.
    static let maxStates = 4_000
    static let maxMoves = 60_000
    /// Patterns in one search.
    static let maxPatterns = 16

    struct Found: Sendable {
        let text: String
        /// Which patterns match, in their order.
        let truths: [Bool]
    }

    private(set) var found: [Found] = []
    /// Whether every mixture that exists was found.
    private(set) var isComplete = true

    init(_ trees: [RegexTree]) {
        let machines = trees.prefix(Self.maxPatterns).compactMap { TextMachine($0) }
        if machines.count < trees.count { isComplete = false }
        search(machines)
    }

    private mutating func search(_ machines: [TextMachine]) {
        let alphabet = Self.alphabet(of: machines)
        let start = machines.map(\.start)
        var texts: [[TextMachine.State]: String.UnicodeScalarView] = [start: .init()]
        var seen: Set<[Bool]> = []
        var queue = [start]
        var next = 0
        var moves = 0
        note("", machines.indices.map { machines[$0].accepts(start[$0], isStart: true) }, &seen)
        while next < queue.count {
            let state = queue[next]
            let text = texts[state] ?? .init()
            next += 1
            for scalar in alphabet {
                moves += 1
                guard moves <= Self.maxMoves, queue.count < Self.maxStates else {
                    isComplete = false
                    return
                }
                let after = machines.indices.map {
                    machines[$0].advanced(state[$0], by: scalar.value)
                }
                let longer = text + [scalar]
                let truths = machines.indices.map {
                    machines[$0].accepts(after[$0], isStart: false)
                }
                note(String(longer), truths, &seen)
                guard texts[after] == nil else { continue }
                texts[after] = longer
                queue.append(after)
            }
        }
    }

    private mutating func note(_ text: String, _ truths: [Bool], _ seen: inout Set<[Bool]>) {
        if seen.insert(truths).inserted { found.append(Found(text: text, truths: truths)) }
    }

    /// One scalar of each kind that the machines tell apart, the readable ones first.
    private static func alphabet(of machines: [TextMachine]) -> [Unicode.Scalar] {
        let sets = Set(machines.flatMap(\.sets))
        var cuts: Set<UInt32> = [0]
        for range in sets.flatMap(\.ranges) + ScalarSet.all.ranges {
            cuts.insert(range.lowerBound)
            cuts.insert(range.upperBound + 1)
        }
        let starts = cuts.sorted()
        let preferred = (readable.map(\.value) + starts)
        var kinds: Set<[Bool]> = []
        var alphabet: [Unicode.Scalar] = []
        let ordered = Array(sets)
        for value in preferred {
            guard let scalar = Unicode.Scalar(value) else { continue }
            if kinds.insert(ordered.map { $0.contains(value) }).inserted {
                alphabet.append(scalar)
            }
        }
        return alphabet
    }

    private static let readable = Array(
        "xabcdefghijklmnopqrstuvwyzA0123456789-_./ :,;=".unicodeScalars)
}
