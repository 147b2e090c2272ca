// list_python_environments: which Pythons there are.

import Notation
import Wire

/// Names every Python that calls could mean, with its version and what is wrong with it.
enum ListPythonEnvironments: Tool {
    static let name = "list_python_environments"

    static let declaration = Declaration(
        name: name,
        title: "List Python environments",
        upstream: .interpreter,
        description: """
            Lists the Python environments that exist here, with name, kind, interpreter and \
            version: the embedded system Python, environments the operator has built, and virtual \
            environments of the workspace, pyenv and conda. Says what is wrong with a broken one. \
            For what is installed in one of them use \(ListInstalledPackages.name). Runs nothing.
            """,
        published: .read, effective: .read, risk: .low,
        input: ["type": "object", "properties": [:], "additionalProperties": false],
        output: ResultSchema.object([
            "environments": ResultSchema.list(of: EnvironmentState.schema)
        ]),
        profile: "interpreter",
        hints: .init(readOnly: true, destructive: false, idempotent: true, openWorld: false),
        divergences: [
            "Virtual environments and pyenv versions are listed, too.",
            "A broken environment is listed with what is wrong with it; upstream leaves it out.",
            "No interpreter and no conda is run to find out.",
        ])

    static func plan(
        _ arguments: JSONObject, _ setting: Setting
    ) throws(ToolError) -> Plan {
        Plan(.environments(.list), limits: setting.limits)
    }

    static func reply(to done: Done, of plan: Plan) -> Reply {
        guard case .environments(.environments(let all, let notes)) = done else {
            return .refused(done)
        }
        let heading = all.isEmpty ? "No Python environments found." : "Python environments:"
        return Reply(
            ([heading] + all.map(\.words)).joined(separator: "\n\n"),
            ["environments": .array(all.map(\.fields))], notes: notes)
    }
}
