import Notation

/// Tasks: handles and how they stand. Only 2026-07-28 has them.
extension Encoder {
    /// Where a cancelled task shows what there was of its result: the extension gives a result to
    /// completed tasks only.
    package static let partialResultKey = "sandboa/partial_result"

    /// The answer to a call that goes on as a task.
    package func handle(_ state: TaskState, to id: RequestID) -> [UInt8] {
        task(state, "task", to: id)
    }

    /// The answer to `tasks/get`.
    package func task(_ state: TaskState, to id: RequestID) -> [UInt8] {
        task(state, "complete", to: id)
    }

    /// The answer to `tasks/update` and `tasks/cancel`: nothing but that it was received.
    package func acknowledgement(to id: RequestID) -> [UInt8] {
        var line = Self.opening(to: id, capacity: 0)
        line.append(encoded: ",\"result\":{\"resultType\":\"complete\"")
        append(meta: [:], for: .stateless, to: &line)
        line.append(encoded: "}}")
        return line
    }

    private func task(_ state: TaskState, _ resultType: String, to id: RequestID) -> [UInt8] {
        var line = Self.opening(to: id, capacity: 512 + (state.ending?.bytes ?? 0))
        line.append(encoded: ",\"result\":{")
        line.append(member: "resultType", .string(resultType))
        var members: JSONObject = ["taskId": .string(state.id), "status": .string(state.status)]
        if let message = state.message { members["statusMessage"] = .string(message) }
        members["createdAt"] = .string(Self.text(of: state.createdAt))
        members["lastUpdatedAt"] = .string(Self.text(of: state.updatedAt))
        members["ttlMs"] = .integer(state.lifetimeMilliseconds)
        members["pollIntervalMs"] = .integer(TaskBook.pollMilliseconds)
        for (key, value) in members {
            line.append(encoded: ",")
            line.append(member: key, value)
        }
        var partial: [UInt8] = []
        switch state.ending {
        case nil: break
        case .completed(let result):
            line.append(encoded: ",\"result\":")
            line.append(contentsOf: result)
        case .failed(let fault):
            line.append(encoded: ",")
            line.append(member: "error", .object(fault.members))
        case .cancelled(let result):
            partial = result
        }
        append(partial, to: &line)
        line.append(encoded: "}}")
        return line
    }

    /// `,"_meta":{…}` with the server's name, and a partial result where there is one.
    private func append(_ partial: [UInt8], to line: inout [UInt8]) {
        line.append(encoded: ",\"_meta\":{")
        line.append(contentsOf: serverMember)
        if !partial.isEmpty {
            line.append(encoded: ",\"\(Self.partialResultKey)\":")
            line.append(contentsOf: partial)
        }
        line.append(Self.closeBrace)
    }

    /// A moment as ISO 8601, to the millisecond.
    private static func text(of milliseconds: Int64) -> String {
        let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        let moment = RFC3339(
            seconds: seconds, nanoseconds: Int32(truncatingIfNeeded: rest) * 1_000_000)
        return moment?.text(fractionDigits: 3) ?? "9999-12-31T23:59:59.999Z"
    }
}
