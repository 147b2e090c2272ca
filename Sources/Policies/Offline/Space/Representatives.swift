// Values that stand for all others: whatever a path may lead to, there is one here of which every
// test of that path says the same. So a finite number of calls shows all that rules can do.

internal import Notation

/// The values for one place among the arguments.
struct Representatives {
    /// Values of one place, and values tried to find them.
    static let maxValues = 256
    static let maxCandidates = 4_096
    /// Longest list or object made to reach a length.
    static let maxElements: Int64 = 256
    /// Steps of a path followed.
    static let maxDepth = 24

    private(set) var values: [JSON] = []
    private(set) var isExhaustive = true
    private let tests: [RelativeTest]
    private let depth: Int

    /// `tests`: those whose path leads through here, with what is left of it.
    init(for tests: [RelativeTest], depth: Int = 0) {
        self.tests = tests
        self.depth = depth
        guard depth < Self.maxDepth else {
            isExhaustive = false
            values = ["x"]
            return
        }
        var candidates = scalars
        candidates += lists()
        candidates += objects()
        keepDistinct(candidates)
    }

    /// One value for each thing that the tests can say.
    private mutating func keepDistinct(_ candidates: [JSON]) {
        var seen: Set<RelativeTest.Signature> = []
        var tried: Set<JSON> = []
        for candidate in candidates where tried.insert(candidate).inserted {
            guard tried.count <= Self.maxCandidates, values.count < Self.maxValues else {
                isExhaustive = false
                return
            }
            if seen.insert(RelativeTest.signature(of: candidate, under: tests)).inserted {
                values.append(candidate)
            }
        }
    }

    private func tests(behind step: ArgumentPath.Step) -> [RelativeTest] {
        tests.filter { $0.rest.first == step }.map(\.advanced)
    }

    private var own: [RelativeTest] { tests.filter { $0.rest.isEmpty } }

    /// Every value that a test compares with, in the spellings that may equal it.
    private var constants: [JSON] { own.flatMap { $0.written.operation.constants } }

    /// Lengths that tests of the length tell apart; nil: none asks.
    private mutating func lengths() -> [Int64]? {
        let asked = tests(behind: .length)
        guard !asked.isEmpty else { return nil }
        let bounds = asked.flatMap { $0.written.operation.constants }
        let counts = NumberCells.counts(around: bounds)
        if !counts.isExhaustive { isExhaustive = false }
        return counts.values
    }

    private var scalars: [JSON] {
        mutating get {
            let constants = constants
            let lengths = lengths() ?? []
            let numbers = NumberCells(around: constants.compactMap(\.asNumberOrItsText))
            let texts = TextCells(
                for: own.map(\.written.operation), constants: constants.flatMap(\.texts),
                lengths: lengths)
            if !numbers.isExhaustive || !texts.isExhaustive { isExhaustive = false }
            if texts.isStretched, !hasAllPairs(texts.values) { isExhaustive = false }
            let rest: [JSON] = [true, false, .null]
            return texts.values.map(JSON.string) + numbers.values + rest
                + constants.filter { $0.asArray != nil || $0.asObject != nil }
        }
    }

    /// Whether every length that the tests tell apart comes with everything else they tell apart.
    private func hasAllPairs(_ texts: [String]) -> Bool {
        let (own, asked) = (own, tests(behind: .length))
        var contents: Set<RelativeTest.Signature> = []
        var lengths: Set<RelativeTest.Signature> = []
        var pairs: Set<[RelativeTest.Signature]> = []
        for text in texts {
            let content = RelativeTest.signature(of: .string(text), under: own)
            let count = JSON(text.unicodeScalars.count)
            let length = RelativeTest.signature(of: count, under: asked)
            contents.insert(content)
            lengths.insert(length)
            pairs.insert([content, length])
        }
        return pairs.count == contents.count * lengths.count
    }

    private mutating func lists() -> [JSON] {
        var lists: [[JSON]] = [[], ["x"]]
        lists += subsets(of: own.compactMap(\.written.operation.contained))
        lists += constants.flatMap(\.lists)
        let inside = tests(behind: .each) + tests(behind: .some)
        if !inside.isEmpty {
            let elements = Representatives(for: inside, depth: depth + 1)
            if !elements.isExhaustive { isExhaustive = false }
            lists += groups(of: elements.values, tests: inside.count)
        }
        lists += indexed()
        if let lengths = lengths() { lists += stretched(lists, to: lengths) }
        return lists.map(JSON.array)
    }

    /// Lists with each choice of these elements; beyond a few, each alone and all together.
    private mutating func subsets(of elements: [JSON]) -> [[JSON]] {
        let distinct = Array(Set(elements)).sorted { $0.text < $1.text }
        guard distinct.count <= 5 else {
            isExhaustive = false
            return distinct.map { [$0] } + [distinct]
        }
        return (0..<(1 << distinct.count)).map { mask in
            distinct.indices.filter { mask >> $0 & 1 == 1 }.map { distinct[$0] }
        }
    }

    /// Lists of one, two and three elements. A test of all elements is decided by one of them, so
    /// as many elements as tests are enough to show everything.
    private mutating func groups(of elements: [JSON], tests: Int) -> [[JSON]] {
        var groups: [[JSON]] = elements.map { [$0] }
        var longest = groups
        let wanted = min(3, 2 * tests)
        for _ in 1..<max(2, wanted) {
            guard longest.count * elements.count <= Self.maxCandidates / 4 else {
                isExhaustive = false
                return groups
            }
            longest = longest.flatMap { group in elements.map { group + [$0] } }
            groups += longest
        }
        if tests > 2 { isExhaustive = false }
        return groups
    }

    /// Lists whose elements at the places that tests name are each of the values for that place.
    private mutating func indexed() -> [[JSON]] {
        let indices = Set(
            tests.compactMap { test -> Int? in
                if case .index(let index)? = test.rest.first { index } else { nil }
            }
        ).sorted()
        guard !indices.isEmpty else { return [] }
        var lists: [[JSON]] = [[]]
        for index in indices {
            guard index < Self.maxElements else {
                isExhaustive = false
                break
            }
            let values = Representatives(for: tests(behind: .index(index)), depth: depth + 1)
            if !values.isExhaustive { isExhaustive = false }
            guard lists.count * values.values.count <= Self.maxCandidates / 4 else {
                isExhaustive = false
                break
            }
            // A list that ends before the place lacks it, and lacks all later places.
            let longer = lists.filter { $0.count <= index }.flatMap { list in
                values.values.map { value -> [JSON] in
                    list + [JSON](repeating: "x", count: index - list.count) + [value]
                }
            }
            lists += longer
        }
        if tests.contains(where: { [.each, .some].contains($0.rest.first) }) {
            isExhaustive = false
        }
        return lists
    }

    private mutating func stretched(_ lists: [[JSON]], to lengths: [Int64]) -> [[JSON]] {
        lengths.flatMap { length -> [[JSON]] in
            guard length <= Self.maxElements else {
                isExhaustive = false
                return []
            }
            return lists.prefix(Self.maxValues).filter { $0.count < length }.map { list in
                let filler = list.last ?? "x"
                return list + Array(repeating: filler, count: Int(length) - list.count)
            }
        }
    }

    private mutating func objects() -> [JSON] {
        var objects: [JSONObject] = [[:], ["x": 1]]
        var keys: [String] = []
        for case .key(let key)? in tests.map(\.rest.first) where !keys.contains(key) {
            keys.append(key)
        }
        if !keys.isEmpty {
            var members: [(key: String, values: [JSON?])] = []
            for key in keys {
                let values = Representatives(for: tests(behind: .key(key)), depth: depth + 1)
                if !values.isExhaustive { isExhaustive = false }
                members.append((key, [nil] + values.values))
            }
            let product = ObjectProduct(of: members, most: Self.maxCandidates / 2)
            if !product.isExhaustive { isExhaustive = false }
            objects += product.objects
        }
        if let lengths = lengths() { objects += stretched(objects, to: lengths) }
        return objects.map(JSON.object)
    }

    private mutating func stretched(_ objects: [JSONObject], to lengths: [Int64]) -> [JSONObject] {
        lengths.flatMap { length -> [JSONObject] in
            guard length <= Self.maxElements else {
                isExhaustive = false
                return []
            }
            return objects.prefix(Self.maxValues).filter { $0.count < length }.map { object in
                var object = object
                var number = 0
                while object.count < length {
                    object["x\(number)"] = object["x\(number)"] ?? 1
                    number += 1
                }
                return object
            }
        }
    }
}
