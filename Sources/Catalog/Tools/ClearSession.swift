// clear_session: the end of a session.

import Notation
import Wire

/// Ends a session and forgets its variables and history.
enum ClearSession: Tool {
    static let name = "clear_session"

    static let declaration = Declaration(
        name: name,
        title: "End a session",
        upstream: .interpreter,
        description: """
            Ends a session: its variables, its history and its snapshots are gone for good, except \
            snapshots that another session lives on. To go back to an earlier state instead use \
            \(SessionRollback.name). The next call that names the session begins anew.
            """,
        // It ends what calls have made and touches nothing of the user's: no destruction.
        published: .write, effective: .write, risk: .low,
        input: [
            "type": "object",
            "properties": [
                "session_id": SessionArgument.schema(
                    "The session to end.", preset: SessionArgument.preset)
            ],
            "additionalProperties": false,
        ],
        output: ResultSchema.object(["session": ResultSchema.text]),
        profile: "interpreter",
        hints: .init(readOnly: false, destructive: true, idempotent: true, openWorld: false),
        divergences: [
            "The session's process ends at once, with all that it holds; upstream leaves that to "
                + "garbage collection."
        ])

    static func plan(
        _ arguments: JSONObject, _ setting: Setting
    ) throws(ToolError) -> Plan {
        Plan(.sessions(.clear(try SessionArgument.session(arguments))), limits: setting.limits)
    }

    static func reply(to done: Done, of plan: Plan) -> Reply {
        guard case .sessions(.cleared(let id)) = done else { return .refused(done) }
        return Reply("Session '\(id.printable)' is cleared.", ["session": .string(id)])
    }
}
