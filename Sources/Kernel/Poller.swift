// Waiting for several descriptors at once, with a deadline.

internal import CKernel

/// What to wait for, and what came: poll(2) with names.
package struct Poller {
    package struct Events: OptionSet, Sendable {
        package let rawValue: Int16
        package init(rawValue: Int16) { self.rawValue = rawValue }
        package static let readable = Events(rawValue: 0x001)
        package static let writable = Events(rawValue: 0x004)
        /// The other side is gone, or the descriptor is in error: reading tells which.
        package static let closed = Events(rawValue: 0x010 | 0x008)
    }

    private var entries: [sbx_poll] = []

    package init() {}

    /// Adds an entry; a negative number is skipped by the kernel. Returns its index.
    @discardableResult
    package mutating func add(_ raw: CInt, _ events: Events) -> Int {
        entries.append(sbx_poll(fd: raw, events: events.rawValue, revents: 0))
        return entries.count - 1
    }

    /// Stops waiting for one entry.
    package mutating func drop(_ index: Int) { entries[index].fd = -1 }

    package mutating func change(_ index: Int, _ raw: CInt, _ events: Events) {
        entries[index].fd = raw
        entries[index].events = events.rawValue
    }

    package func isWatching(_ index: Int) -> Bool { entries[index].fd >= 0 }

    package subscript(_ index: Int) -> Events { Events(rawValue: entries[index].revents) }

    /// Waits until an entry is ready or the deadline has passed (nil: no deadline).
    /// Returns false on the deadline.
    package mutating func wait(until deadline: Moment?) throws(SystemError) -> Bool {
        while true {
            let left = deadline.map { max(0, $0.nanoseconds - Moment.now.nanoseconds) } ?? -1
            // SAFETY: the shim reads and writes exactly `count` entries.
            let ready = unsafe sbx_poll(&entries, entries.count, left)
            if ready == -ErrorCode.interrupted { continue }
            return try check(ready, "ppoll") > 0
        }
    }
}
