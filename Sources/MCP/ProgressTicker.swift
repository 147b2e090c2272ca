import Notation

/// Progress of one call, as notifications. What is counted is seconds since the call came in: how
/// much is left to do, only the program knows.
///
/// INVARIANT: what it emits strictly increases, and nothing is emitted after `close`, which
/// belongs right before the answer. How often to tick is the caller's business.
package struct ProgressTicker: Sendable {
    private let token: JSON
    private let hasMessages: Bool
    private var lastMilliseconds: Int64?
    private var isClosed = false

    /// Nil when the client asked for no progress.
    package init?(for call: CallRequest) {
        guard let token = call.progressToken else {
            return nil
        }
        self.token = token
        hasMessages = call.era.hasProgressMessages
    }

    /// The notification for a report; nil if it would not be progress.
    package mutating func tick(_ report: ProgressReport) -> [UInt8]? {
        let elapsed = report.elapsedMilliseconds
        guard !isClosed, lastMilliseconds.map({ $0 < elapsed }) ?? true else {
            return nil
        }
        lastMilliseconds = elapsed
        var params: JSONObject = ["progressToken": token, "progress": Self.seconds(elapsed)]
        if hasMessages {
            params["message"] = .string(report.sentence)
        }
        return JSON.object([
            "jsonrpc": "2.0", "method": "notifications/progress", "params": .object(params),
        ]).bytes
    }

    package mutating func close() {
        isClosed = true
    }

    /// Seconds, to the millisecond, in the shortest form.
    private static func seconds(_ milliseconds: Int64) -> JSON {
        let (whole, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        guard rest > 0 else { return .integer(whole) }
        var digits = String(1000 + rest).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return .number("\(whole).\(digits)")
    }
}
