// session_branch: a second session that goes on from the first.

import Notation
import Wire

/// Makes a session that has all of another's variables, and from then on its own.
enum SessionBranch: Tool {
    static let name = "session_branch"

    static let declaration = Declaration(
        name: name,
        title: "Branch off a session",
        description: """
            Makes a new session that goes on from a snapshot, or from where a session is now, with \
            all its variables; the first one stays as it is. To try several ways side by side. To \
            give up what a session did since a snapshot use \(SessionRollback.name). Branches \
            share the scratch directory and the memory limit of the session they come from.
            """,
        published: .write, effective: .write, risk: .low,
        input: [
            "type": "object",
            "properties": [
                "session_id": SessionArgument.schema(
                    "The session to branch off.", preset: SessionArgument.preset),
                "snapshot_id": SessionArgument.schema(
                    """
                    The snapshot to go on from, as \(SessionCheckpoint.name) or \
                    \(SessionTreeTool.name) told it. Without it, the session as it is now.
                    """),
                "new_session_id": SessionArgument.schema(
                    "The new session's name. Without it, an unguessable one is made."),
            ],
            "additionalProperties": false,
        ],
        output: ResultSchema.object([
            "session": SessionState.schema, "snapshot": SnapshotState.schema,
        ]),
        profile: "interpreter",
        hints: .init(readOnly: false, destructive: false, idempotent: false, openWorld: false))

    static func plan(
        _ arguments: JSONObject, _ setting: Setting
    ) throws(ToolError) -> Plan {
        let request = SessionRequest.branch(
            try SessionArgument.session(arguments),
            from: try SessionArgument.read("snapshot_id", arguments),
            into: try SessionArgument.read("new_session_id", arguments))
        return Plan(.sessions(request), limits: setting.limits)
    }

    static func reply(to done: Done, of plan: Plan) -> Reply {
        guard case .sessions(.branched(let session, let snapshot)) = done else {
            return .refused(done)
        }
        return Reply(
            """
            Session '\(session.id.printable)' goes on from snapshot \(snapshot.words). Name it as \
            session_id to use it.
            """,
            ["session": session.fields, "snapshot": snapshot.fields])
    }
}
