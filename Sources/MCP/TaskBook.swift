// Calls that were answered with a handle, while they go on and for a while afterwards: the
// extension io.modelcontextprotocol/tasks of 2026-07-28.
//
//     open ──▶ working ──finish──▶ completed | failed | cancelled ──lifetime──▶ forgotten
//
// INVARIANT: at most `maxTasks` tasks are held, and `maxBytes` of results.
// INVARIANT: an id alone opens nothing: it has to come from the caller that was given it.
// INVARIANT: a task that works is never forgotten; one that ended is kept for its lifetime, except
// that results which were fetched go earlier when there is no room, and the oldest others when
// even that gives no room for a new result.

import Notation

/// The tasks of one server. A value without clock or chance: time is in milliseconds of a clock
/// that never steps back, ids come from outside.
package struct TaskBook: Sendable {
    /// Tasks at once. When none can be made, a call is answered in the ordinary way.
    package static let maxTasks = 256
    /// Bytes of all results together.
    package static let maxBytes = 64 << 20
    /// Bytes of one result; one that is larger is an error in its place.
    package static let maxResultBytes = 16 << 20
    /// How long a result is kept, from the end of the call.
    package static let lifetimeMilliseconds: Int64 = 600_000
    /// How often a client should ask.
    package static let pollMilliseconds: Int64 = 1_000
    /// Random bytes of an id.
    package static let idBytes = 16

    /// How a task ended. Results are whole results of the call, encoded.
    package enum Ending: Hashable, Sendable {
        case completed([UInt8])
        case failed(ProtocolFault)
        /// With what there was of a result until then.
        case cancelled([UInt8])

        /// Bytes of the result.
        var bytes: Int {
            switch self {
            case .completed(let result), .cancelled(let result): result.count
            case .failed: 0
            }
        }
    }

    private struct Entry {
        let owner: [UInt8]
        let number: UInt64
        let began: Int64
        /// The same moment, in milliseconds since 1970.
        let beganAt: Int64
        var ending: Ending?
        var ended: Int64 = 0
        var isFetched = false

        var bytes: Int { ending?.bytes ?? 0 }
    }

    private var entries: [String: Entry] = [:]
    private var made: UInt64 = 0
    /// Bytes of results that are held.
    package private(set) var bytes = 0

    package init() {}

    package var count: Int { entries.count }

    /// Makes a task of a call; the handle to answer with, or nil: there is no room.
    ///
    /// - Parameters:
    ///   - id: unguessable, and new.
    ///   - owner: who may ask about it, as the transport knows them.
    ///   - wall: this moment in milliseconds since 1970.
    package mutating func open(
        _ id: String, for owner: [UInt8], now: Int64, wall: Int64, _ report: ProgressReport?
    ) -> TaskState? {
        precondition(entries[id] == nil, "an id is never given twice")
        forgetExpired(now)
        if entries.count >= Self.maxTasks, let fetched = oldest(where: \.isFetched) {
            forget(fetched)
        }
        guard entries.count < Self.maxTasks else { return nil }
        made += 1
        let entry = Entry(owner: owner, number: made, began: now, beganAt: wall)
        entries[id] = entry
        return state(of: entry, id, now, report)
    }

    /// A task's call has ended.
    package mutating func finish(_ id: String, _ ending: Ending, now: Int64) {
        guard var entry = entries[id], entry.ending == nil else { return }
        entry.ending = ending
        if entry.bytes > Self.maxResultBytes {
            entry.ending = .failed(
                ProtocolFault(
                    .internalFault,
                    "The result has \(entry.bytes) bytes, and a task keeps at most "
                        + "\(Self.maxResultBytes). Have the program print less."))
        }
        entry.ended = now
        entries[id] = nil
        forgetExpired(now)
        while bytes + entry.bytes > Self.maxBytes {
            let isDone: (Entry) -> Bool = { $0.bytes > 0 }
            guard let victim = oldest(where: \.isFetched) ?? oldest(where: isDone) else { break }
            forget(victim)
        }
        bytes += entry.bytes
        entries[id] = entry
    }

    /// How a task stands; nil when there is none of that id for this caller.
    ///
    /// - Parameters:
    ///   - report: how far it is, if it still works.
    ///   - isShown: the client gets to see it, with its result if there is one.
    package mutating func look(
        _ id: String, by owner: [UInt8], now: Int64, _ report: ProgressReport? = nil,
        isShown: Bool = true
    ) -> TaskState? {
        forgetExpired(now)
        guard var entry = entries[id], entry.owner == owner else { return nil }
        if isShown, entry.ending != nil { entry.isFetched = true }
        entries[id] = entry
        return state(of: entry, id, now, report)
    }

    private func state(
        of entry: Entry, _ id: String, _ now: Int64, _ report: ProgressReport?
    ) -> TaskState {
        let updated = entry.ending == nil ? now : entry.ended
        return TaskState(
            id: id, ending: entry.ending, report: report, createdAt: entry.beganAt,
            updatedAt: entry.beganAt + (updated - entry.began),
            // Counted from the beginning, so it grows while the call goes on.
            lifetimeMilliseconds: updated - entry.began + Self.lifetimeMilliseconds)
    }

    private mutating func forgetExpired(_ now: Int64) {
        for (id, entry) in entries
        where entry.ending != nil && now - entry.ended >= Self.lifetimeMilliseconds {
            forget(id)
        }
    }

    private func oldest(where isMeant: (Entry) -> Bool) -> String? {
        entries.filter { isMeant($0.value) }.min { $0.value.number < $1.value.number }?.key
    }

    private mutating func forget(_ id: String) {
        bytes -= entries.removeValue(forKey: id)?.bytes ?? 0
    }
}
