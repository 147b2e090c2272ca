// list_sessions: which sessions are alive.

import Notation
import Wire

/// The caller's sessions, with what they hold and when they end.
enum ListSessions: Tool {
    static let name = "list_sessions"

    static let declaration = Declaration(
        name: name,
        title: "List sessions",
        upstream: .interpreter,
        description: """
            Lists your live Python sessions: calls so far, variables defined, memory, and when an \
            unused one ends. For the snapshots of a session use \(SessionTreeTool.name); to end a \
            session, \(ClearSession.name).
            """,
        published: .read, effective: .read, risk: .low,
        input: ["type": "object", "properties": [:], "additionalProperties": false],
        output: ResultSchema.object(["sessions": ResultSchema.list(of: SessionState.schema)]),
        profile: "interpreter",
        hints: .init(readOnly: true, destructive: false, idempotent: true, openWorld: false),
        divergences: [
            "Only the caller's own sessions are listed.",
            "Memory, age, idle time and the time left are told, too.",
        ])

    static func plan(
        _ arguments: JSONObject, _ setting: Setting
    ) throws(ToolError) -> Plan {
        Plan(.sessions(.list), limits: setting.limits)
    }

    static func reply(to done: Done, of plan: Plan) -> Reply {
        guard case .sessions(.sessions(let all)) = done else { return .refused(done) }
        let heading = all.isEmpty ? "No active sessions." : "Active sessions:"
        let lines = [heading] + all.map { "- \($0.id.printable): \($0.words)" }
        return Reply(
            lines.joined(separator: "\n"), ["sessions": .array(all.map(\.fields))])
    }
}
