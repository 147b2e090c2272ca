// python://session/{session_id}/history: what a session was asked and said, as upstream's.

import Notation
import Wire

extension ListSessions {
    static let resources = [
        ToolResource(
            template: "python://session/{session_id}/history", name: "history",
            title: "A session's history",
            description: "The calls of a session: code, stdout, stderr and status of each.",
            values: .sessions,
            plan: { variables, setting in
                let id = variables["session_id"]?.asString ?? ""
                return Plan(.sessions(.history(id)), limits: setting.limits)
            },
            reply: { done in
                guard case .sessions(.history(let id, let entries)) = done else {
                    return ToolResource.refusal(done)
                }
                let history = entries.map { entry -> JSON in
                    [
                        "code": .string(entry.code), "stdout": .string(entry.output),
                        "stderr": .string(entry.errors),
                        "status": .string(entry.status.rawValue),
                    ]
                }
                return ToolResource.contents(
                    ["session_id": .string(id), "history": .array(history)])
            })
    ]
}
