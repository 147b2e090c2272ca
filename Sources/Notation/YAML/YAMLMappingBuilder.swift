// Collects the entries of one mapping: duplicates refused, merge keys folded in at the end.
//
// INVARIANT: a key written in the mapping wins over a merged one, and an earlier merged map over
// a later one, as go-yaml has it.

// INVARIANT: `index` is empty up to `linearLimit` entries, and from then on maps every key to its
// place. Most maps are small, and faster searched than hashed; a large one must not be searched.

struct YAMLMappingBuilder {
    private static let linearLimit = 12
    private static let usualCount = 4

    private var entries: [YAMLEntry] = []
    private var index: [ExactText: Int] = [:]
    private var merged: [YAMLNode] = []
    private var mergePosition: YAMLPosition?
    private var count = 1
    private var height = 0

    /// Adds a key that stands at `position` with its value, or notes what a merge key brings.
    mutating func add(
        _ key: YAMLNode, at position: YAMLPosition, _ value: YAMLLoader.Built
    ) throws(YAMLError) {
        guard let scalar = key.scalar else {
            throw YAMLError(reason: .keyNotScalar, position: position)
        }
        height = max(height, value.height)
        if scalar.text == "<<", !scalar.isQuoted {
            return try noteMerge(value.node, at: position)
        }
        if let first = place(of: scalar.text) {
            let reason = YAMLError.Reason.duplicateKey(
                scalar.text, first: entries[first].keyPosition)
            throw YAMLError(reason: reason, position: position)
        }
        append(YAMLEntry(key: scalar.text, keyPosition: position, value: value.node))
        count += 1 + value.count
    }

    private func place(of key: String) -> Int? {
        if entries.count > Self.linearLimit { return index[ExactText(key)] }
        return entries.firstIndex { $0.key.hasSameBytes(as: key) }
    }

    private mutating func append(_ entry: YAMLEntry) {
        if entries.isEmpty { entries.reserveCapacity(Self.usualCount) }
        entries.append(entry)
        if entries.count == Self.linearLimit + 1 {
            for (place, entry) in entries.enumerated() { index[ExactText(entry.key)] = place }
        } else if entries.count > Self.linearLimit {
            index[ExactText(entry.key)] = entries.count - 1
        }
    }

    private mutating func noteMerge(
        _ value: YAMLNode, at position: YAMLPosition
    ) throws(YAMLError) {
        if let first = mergePosition {
            throw YAMLError(reason: .duplicateKey("<<", first: first), position: position)
        }
        mergePosition = position
        merged = value.elements ?? [value]
        guard merged.allSatisfy({ $0.entries != nil }) else {
            throw YAMLError(reason: .mergeNotMapping, position: value.position)
        }
    }

    /// Folds the merged maps in; how many nodes that added, at most `budget`.
    mutating func merge(atMost budget: Int, of limits: YAMLLimits) throws(YAMLError) -> Int {
        guard let mergePosition else { return 0 }
        let before = count
        for entry in merged.compactMap(\.entries).joined()
        where place(of: entry.key) == nil {
            append(entry)
            count += 1 + entry.value.expandedCount
            guard count - before <= budget else {
                let reason = YAMLError.Reason.tooManyAliasedNodes(limit: limits.maxAliasedNodes)
                throw YAMLError(reason: reason, position: mergePosition)
            }
        }
        return count - before
    }

    func built(at position: YAMLPosition) -> YAMLLoader.Built {
        let node = YAMLNode(.mapping(entries), at: position)
        return YAMLLoader.Built(node: node, count: count, height: height + 1)
    }
}

extension YAMLNode {
    /// Nodes that a walk over this one meets, keys included.
    fileprivate var expandedCount: Int {
        switch content {
        case .scalar: 1
        case .sequence(let elements): elements.reduce(1) { $0 + $1.expandedCount }
        case .mapping(let entries): entries.reduce(1) { $0 + 1 + $1.value.expandedCount }
        }
    }
}
