/// What counters said before a call, for conditions that ask. A counter it lacks says 0.
package struct CounterSnapshot: Sendable {
    private let keys: [CounterKey]
    private let values: [Int64]

    package static let empty = CounterSnapshot(keys: [], values: [])

    /// `values[i]` belongs to `keys[i]`.
    package init(keys: [CounterKey], values: [Int64]) {
        precondition(keys.count == values.count, "every counter of a snapshot has one value")
        self.keys = keys
        self.values = values
    }

    /// A call reads very few counters, if any: a line is searched faster than a table.
    package func value(of key: CounterKey) -> Int64 {
        keys.firstIndex(of: key).map { values[$0] } ?? 0
    }
}
