// Sessions as `repl` prints them.

import Engine
import Notation
import Wire

extension SessionRun {
    func json(session: String) -> JSON {
        var object: JSONObject = [
            "session": .string(session), "status": .string(outcome.status.rawValue),
            "stdout": .string(outcome.output.text), "stderr": .string(outcome.errors.text),
            "new": .bool(isNew), "calls": .integer(Int64(calls)),
            "wall_us": .integer(outcome.usage.wallMicroseconds),
            "cpu_us": .integer(outcome.usage.cpuMicroseconds),
        ]
        object["result"] = outcome.report?.value.map { .string($0) }
        object["names"] = names.map { .integer(Int64($0)) }
        object["lost"] = lost.map { .string($0) }
        object["ended"] = ended.map { .string($0) }
        let report = outcome.report
        let type = outcome.cause?.type ?? report?.errorType
        let message = outcome.cause?.message ?? report?.errorMessage
        if type != nil || message != nil {
            var error: JSONObject = [
                "type": .string(type ?? ""), "message": .string(message ?? ""),
            ]
            error["line"] = report?.errorLine.map { .integer(Int64($0)) }
            error["traceback"] = report?.traceback.map { .string($0) }
            object["error"] = .object(error)
        }
        return .object(object)
    }
}

extension SessionState {
    var json: JSON {
        var object: JSONObject = [
            "session": .string(id), "calls": .integer(Int64(calls)),
            "age_s": .integer(ageSeconds), "idle_s": .integer(idleSeconds),
            "left_s": .integer(secondsLeft), "memory_bytes": .integer(memoryBytes),
            "snapshots": .integer(Int64(snapshots)), "busy": .bool(isBusy),
        ]
        object["names"] = names.map { .integer(Int64($0)) }
        object["origin"] = origin.map { .string($0) }
        return .object(object)
    }

    var line: String {
        "\(id)  \(calls) calls, \(snapshots) snapshots, idle \(idleSeconds) s\n"
    }
}

extension SnapshotState {
    var json: JSON {
        var object: JSONObject = [
            "snapshot": .string(id), "session": .string(session), "calls": .integer(Int64(calls)),
            "age_s": .integer(ageSeconds), "memory_bytes": .integer(memoryBytes),
        ]
        object["label"] = label.map { .string($0) }
        object["parent"] = parent.map { .string($0) }
        return .object(object)
    }
}

extension SessionTree {
    var json: JSON {
        [
            "snapshots": .array(snapshots.map(\.json)), "sessions": .array(sessions.map(\.json)),
        ]
    }

    var lines: String {
        snapshots.map { snapshot in
            let label = snapshot.label.map { " (\($0))" } ?? ""
            return "snapshot \(snapshot.id)\(label), after call \(snapshot.calls)\n"
        }.joined() + sessions.map { "session \($0.line)" }.joined()
    }
}

extension HistoryEntry {
    var json: JSON {
        [
            "code": .string(code), "stdout": .string(output), "stderr": .string(errors),
            "status": .string(status.rawValue),
        ]
    }
}
