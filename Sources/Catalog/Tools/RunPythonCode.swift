// run_python_code: a program in a session that stays, or in a process of its own.

import Notation
import Wire

/// Runs Python in a named session, whose variables stay, or in a fresh process.
enum RunPythonCode: Tool {
    static let name = "run_python_code"
    private static let inline = "inline"

    static let declaration = Declaration(
        name: name,
        title: "Run Python in a session",
        upstream: .interpreter,
        description: """
            Runs Python code in a session that keeps its variables between calls (`inline`), or as \
            a script in a fresh process that keeps nothing (`subprocess`). Returns what it printed \
            and, inline, the value of its last expression. For code that needs no earlier \
            variables prefer \(PythonExecute.name); for a script that is a file already, \
            \(RunPythonFile.name). No network; child processes and the workspace, if there is \
            one, are there. A session that meets its time limit, exits or crashes is lost, and the \
            result says so.
            """,
        published: .execute, effective: .execute,
        effects: [
            Effect(
                "save_as", .given, is: .execute,
                says: "also writes the code to a file of the workspace, over what it held")
        ],
        risk: .high,
        input: [
            "type": "object",
            "properties": [
                "code": [
                    "type": "string", "maxLength": 1_000_000, "description": "Python source.",
                ],
                "execution_mode": [
                    "type": "string", "enum": [.string(inline), "subprocess"],
                    "default": .string(inline),
                    "description": "`inline`: in the session. `subprocess`: in a fresh process.",
                ],
                "session_id": SessionArgument.schema(
                    "The session for inline code; it begins when it is not there.",
                    preset: SessionArgument.preset),
                "environment": EnvironmentArgument.schema(
                    preset: EnvironmentArgument.system,
                    "The environment to run in; a session keeps the one it began with."),
                "save_as": [
                    "type": ["string", "null"], "maxLength": .integer(4096), "default": .null,
                    "description": """
                    Write the code to this file before it runs: relative to the workspace; `.py` \
                    is appended when missing.
                    """,
                ],
                "timeout": TimeoutUnit.seconds.schema(preset: 300),
            ],
            "required": ["code"],
            "additionalProperties": false,
        ],
        output: ExecutionReply.schema,
        profile: "interpreter",
        hints: .init(readOnly: false, destructive: true, idempotent: false, openWorld: false),
        timeout: .seconds,
        divergences: [
            "The code can't reach the server: exit(), a crash or an endless loop ends the session.",
            "The timeout holds inline, too, and has a ceiling.",
            "The value of the last expression is shown behind other statements, too.",
            "What was written to stderr is shown on success, too.",
            "A traceback shows the caller's code and none of ours.",
            "save_as stays in the workspace.",
            "Sessions are limited in number, memory and age, and a caller sees only its own.",
        ])

    static func plan(
        _ arguments: JSONObject, _ setting: Setting
    ) throws(ToolError) -> Plan {
        let code = arguments["code"]?.asString ?? ""
        var job = try Job(checked: code)
        let isInline = arguments["execution_mode"]?.asString ?? inline == inline
        job.isScript = !isInline
        let session = try SessionArgument.session(arguments)
        let (template, environment) = try EnvironmentArgument.choose(
            arguments["environment"]?.asString ?? EnvironmentArgument.system, for: code, setting)
        var execution = Execution(job, on: template)
        execution.environment = environment
        var limits = setting.limits
        var notes = limits.lowerWall(toAsked: arguments["timeout"], in: .seconds)
        if let path = arguments["save_as"]?.asString {
            let file = try PathArgument.readScript("save_as", path, setting)
            execution.saveAs = file
            notes.append("the code was saved as \(file.printable)")
        }
        let work: Work = isInline ? .session(session, execution) : .run(execution)
        return Plan(work, limits: limits, notes: notes)
    }

    static func reply(to done: Done, of plan: Plan) -> Reply {
        var heading = "Fresh process (subprocess)"
        if case .session(let id, _) = plan.work {
            heading = "Session '\(id.printable)' (\(inline))"
            if case .ran(let ran) = done, let note = ran.session {
                heading += note.isNew ? ", new" : ", call \(note.calls)"
            }
        }
        return Reply.toRun(done, plan, .sections(heading))
    }
}
