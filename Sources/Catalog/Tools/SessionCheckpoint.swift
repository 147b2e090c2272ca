// session_checkpoint: a session as it is now, kept.

import Notation
import Wire

/// Parks a copy of a session that can be gone back to, or on from, any number of times.
enum SessionCheckpoint: Tool {
    static let name = "session_checkpoint"

    static let declaration = Declaration(
        name: name,
        title: "Keep a session as it is",
        description: """
            Keeps a session as it is now, with all its variables, as a snapshot, and goes on with \
            the session. Costs about what a fork costs, and memory only for what changes later. \
            To go back to a snapshot use \(SessionRollback.name); to try something without giving \
            up the session, \(SessionBranch.name). Refused while the session has threads, child \
            processes or open files. Files in the scratch directory are not part of a snapshot.
            """,
        published: .write, effective: .write, risk: .low,
        input: [
            "type": "object",
            "properties": [
                "session_id": SessionArgument.schema(
                    "The session to keep.", preset: SessionArgument.preset),
                "label": SessionArgument.schema("A word to know the snapshot by."),
            ],
            "additionalProperties": false,
        ],
        output: ResultSchema.object(["snapshot": SnapshotState.schema]),
        profile: "interpreter",
        hints: .init(readOnly: false, destructive: false, idempotent: false, openWorld: false))

    static func plan(
        _ arguments: JSONObject, _ setting: Setting
    ) throws(ToolError) -> Plan {
        let request = SessionRequest.checkpoint(
            try SessionArgument.session(arguments),
            label: try SessionArgument.read("label", arguments))
        return Plan(.sessions(request), limits: setting.limits)
    }

    static func reply(to done: Done, of plan: Plan) -> Reply {
        guard case .sessions(.checkpoint(let snapshot)) = done else { return .refused(done) }
        return Reply("Snapshot \(snapshot.words).", ["snapshot": snapshot.fields])
    }
}
