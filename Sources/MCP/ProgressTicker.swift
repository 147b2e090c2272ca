import Notation

/// Progress of one call, as notifications.
///
/// INVARIANT: what it emits strictly increases, and nothing is emitted after `close`, which
/// belongs right before the answer. How often to tick is the caller's business.
package struct ProgressTicker: Sendable {
    private let token: JSON
    private let hasMessages: Bool
    private var last: Int64?
    private var isClosed = false

    /// Nil when the client asked for no progress.
    package init?(for call: CallRequest) {
        guard let token = call.progressToken else {
            return nil
        }
        self.token = token
        hasMessages = call.era.hasProgressMessages
    }

    /// The notification for this much progress; nil if it would not be progress.
    package mutating func tick(
        _ progress: Int64, of total: Int64? = nil, message: String? = nil
    ) -> [UInt8]? {
        guard !isClosed else {
            return nil
        }
        if let last, progress <= last {
            return nil
        }
        last = progress
        var params: JSONObject = ["progressToken": token, "progress": .integer(progress)]
        if let total {
            params["total"] = .integer(total)
        }
        if let message, hasMessages {
            params["message"] = .string(message)
        }
        return JSON.object([
            "jsonrpc": "2.0", "method": "notifications/progress", "params": .object(params),
        ]).bytes
    }

    package mutating func close() {
        isClosed = true
    }
}
