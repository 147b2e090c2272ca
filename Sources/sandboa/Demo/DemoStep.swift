// One thing the demonstration does, and how it has to end.

import Jail
import Notation

/// A call, what it shows, and what is to come of it.
struct DemoStep: Sendable {
    let title: String
    let code: String
    /// nil: the tool's own limit.
    var timeoutMilliseconds: Int64?
    let status: String
    /// What has to be in the answer: the value, or the beginning of the error.
    let expected: String
    /// The wall that is to stop it; nil: nothing needs stopping, or the clock does it.
    var wall: WallName?

    /// What came of it, as one line, and whether that is what was to come.
    struct Ending: Hashable, Sendable {
        let status: String
        let isRight: Bool
        let line: String
    }

    var arguments: JSONObject {
        var arguments: JSONObject = ["code": .string(code)]
        if let timeoutMilliseconds { arguments["timeout"] = .integer(timeoutMilliseconds) }
        return arguments
    }

    func judge(_ result: JSON) -> Ending {
        let told = result["structuredContent"]
        let status = told?["status"]?.asString ?? "no answer"
        let error = told?["error"]
        let said =
            status == "ok"
            ? told?["result"]?.asString ?? ""
            : "\(error?["type"]?.asString ?? ""): \(error?["message"]?.asString ?? "")"
        let inForce = result["_meta"]?["sandboa/walls"]?.asArray ?? []
        let isHeld = wall.map { inForce.contains(.string($0.rawValue)) } ?? true
        let isRight = status == self.status && said.hasPrefix(expected) && isHeld
        return Ending(
            status: status, isRight: isRight,
            line: line(said, printed: told?["stdout"]?.asString ?? "", isRight: isRight))
    }

    private func line(_ said: String, printed: String, isRight: Bool) -> String {
        var parts: [String] = []
        if !isRight { parts.append("NOT AS EXPECTED (\(status): \(expected))") }
        if let wall { parts.append("held by \(wall.rawValue)") }
        if !said.isEmpty { parts.append(said) }
        let first = printed.split(separator: "\n").first.map(String.init) ?? ""
        if !first.isEmpty { parts.append("printed: \(first)") }
        return parts.joined(separator: " · ")
    }
}
