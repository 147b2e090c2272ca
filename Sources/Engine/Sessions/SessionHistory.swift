// The calls of a session, as long as they fit. Pure.

package import Wire

/// The newest calls, within bounds.
package struct SessionHistory: Hashable, Sendable {
    package private(set) var entries: [HistoryEntry] = []
    private var bytes = 0

    package init() {}

    package mutating func add(_ entry: HistoryEntry, _ limits: SessionLimits) {
        entries.append(entry)
        bytes += Self.size(entry)
        // The newest stays, whatever its size: a result has bounds of its own.
        while entries.count > max(1, limits.historyEntries)
            || (bytes > limits.historyBytes && entries.count > 1)
        {
            bytes -= Self.size(entries.removeFirst())
        }
    }

    private static func size(_ entry: HistoryEntry) -> Int {
        entry.code.utf8.count + entry.output.utf8.count + entry.errors.utf8.count
    }
}
