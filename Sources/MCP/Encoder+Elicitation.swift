package import Notation

/// A question to a person, in both eras: a request of ours while the call is open, or a result
/// that the client answers by calling again.
extension Encoder {
    /// Handshake revisions: the request that asks.
    func elicitation(_ question: ElicitationQuestion, id: RequestID, era: Era) -> [UInt8] {
        JSON.object([
            "jsonrpc": "2.0", "id": id.json, "method": .string(Self.elicitationMethod),
            "params": .object(question.params(for: era)),
        ]).bytes
    }

    /// Handshake revisions: takes a request of ours back. 2026-07-28 has no such requests, and
    /// forbids a server to send this.
    func cancellation(of id: RequestID, reason: String) -> [UInt8] {
        JSON.object([
            "jsonrpc": "2.0", "method": "notifications/cancelled",
            "params": ["requestId": id.json, "reason": .string(reason)],
        ]).bytes
    }

    /// 2026-07-28: the answer to a call that can't go on before a person was asked. `meta` is
    /// what any result of the call would say about it.
    package func inputRequired(
        _ question: ElicitationQuestion, state: String, to id: RequestID, meta: JSONObject = [:]
    ) -> [UInt8] {
        let request: JSON = [
            "method": .string(Self.elicitationMethod),
            "params": .object(question.params(for: .stateless)),
        ]
        var line = Self.opening(to: id, capacity: question.message.utf8.count + 1024)
        line.append(encoded: ",\"result\":{\"resultType\":\"input_required\",")
        line.append(member: "inputRequests", .object([Self.inputKey: request]))
        line.append(encoded: ",")
        line.append(member: "requestState", .string(state))
        append(meta: meta, for: .stateless, to: &line)
        line.append(encoded: "}}")
        return line
    }

    /// The name of the one question in `inputRequests`, and of its answer in `inputResponses`.
    package static let inputKey = "approval"
    private static let elicitationMethod = "elicitation/create"
}
