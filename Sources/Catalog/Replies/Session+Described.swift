// Sessions and snapshots as results tell them: in fields, and in a line.

import Notation
import Wire

extension SessionState {
    static let schema = ResultSchema.part([
        "id": ResultSchema.text,
        "calls": ResultSchema.count,
        "names": ResultSchema.optionalCount,
        "age_seconds": ResultSchema.count,
        "idle_seconds": ResultSchema.count,
        "seconds_left": ResultSchema.count,
        "memory_bytes": ResultSchema.optionalCount,
        "snapshots": ResultSchema.count,
        "busy": ResultSchema.flag,
        "origin": ResultSchema.optionalText,
    ])

    var fields: JSON {
        [
            "id": .string(id), "calls": .integer(Int64(calls)),
            "names": names.map { .integer(Int64($0)) } ?? .null,
            "age_seconds": .integer(ageSeconds), "idle_seconds": .integer(idleSeconds),
            "seconds_left": .integer(secondsLeft),
            "memory_bytes": memoryBytes == 0 ? .null : .integer(memoryBytes),
            "snapshots": .integer(Int64(snapshots)), "busy": .bool(isBusy),
            "origin": origin.map { .string($0) } ?? .null,
        ]
    }

    /// `2 calls, 3 variables, idle for 1m; ends in 29m if nobody uses it`.
    var words: String {
        let known = names.map { ", " + Quantity.count($0, "variable") } ?? ""
        let said = Quantity.count(calls, "call") + known
        if isBusy { return "\(said), busy" }
        let idle = Self.time(idleSeconds)
        return "\(said), idle for \(idle); ends in \(Self.time(secondsLeft)) if nobody uses it"
    }

    fileprivate static func time(_ seconds: Int64) -> String {
        DurationText.text(milliseconds: min(max(0, seconds), 1 << 40) * 1000)
    }
}

extension SnapshotState {
    static let schema = ResultSchema.part([
        "id": ResultSchema.text,
        "label": ResultSchema.optionalText,
        "session": ResultSchema.text,
        "parent": ResultSchema.optionalText,
        "calls": ResultSchema.count,
        "age_seconds": ResultSchema.count,
        "memory_bytes": ResultSchema.optionalCount,
    ])

    var fields: JSON {
        [
            "id": .string(id), "label": label.map { .string($0) } ?? .null,
            "session": .string(session), "parent": parent.map { .string($0) } ?? .null,
            "calls": .integer(Int64(calls)), "age_seconds": .integer(ageSeconds),
            "memory_bytes": memoryBytes == 0 ? .null : .integer(memoryBytes),
        ]
    }

    /// `4f2a…, "loaded", of session 'default' after 3 calls`.
    var words: String {
        let label = label.map { ", \"\($0.printable)\"" } ?? ""
        let calls = Quantity.count(calls, "call")
        return "\(id)\(label), of session '\(session.printable)' after \(calls)"
    }
}
