// run_python_file: a script of the workspace, in a process of its own.

import Notation
import Wire

/// Runs a file of the workspace as a script.
enum RunPythonFile: Tool {
    static let name = "run_python_file"

    static let declaration = Declaration(
        name: name,
        title: "Run a Python file",
        upstream: .interpreter,
        description: """
            Runs a Python file of the workspace as a script in a fresh process, with arguments, \
            and returns its output and exit status. The workspace is its working directory. For \
            code that is no file use \(RunPythonCode.name) or \(PythonExecute.name). No network; \
            child processes are there; standard input is empty. Nothing is kept between calls but \
            the files it writes.
            """,
        published: .execute, effective: .execute, risk: .high,
        input: [
            "type": "object",
            "properties": [
                "file_path": PathArgument.schema(
                    "The script: relative to the workspace, or absolute and inside of it."),
                "environment": EnvironmentArgument.schema(
                    preset: EnvironmentArgument.alias, "The environment to run in."),
                "arguments": [
                    "type": ["array", "null"], "maxItems": 1000, "default": .null,
                    "items": ["type": "string", "maxLength": 65_536],
                    "description": "What the script finds in sys.argv behind its own name.",
                ],
                "timeout": TimeoutUnit.seconds.schema(preset: 300),
            ],
            "required": ["file_path"],
            "additionalProperties": false,
        ],
        output: ExecutionReply.schema,
        profile: "interpreter",
        hints: .init(readOnly: false, destructive: true, idempotent: false, openWorld: false),
        timeout: .seconds,
        divergences: [
            "Output survives a time-out, and children of the script do not.",
            "What was written to stderr is shown on success, too.",
            "The timeout has a ceiling.",
        ])

    static func plan(
        _ arguments: JSONObject, _ setting: Setting
    ) throws(ToolError) -> Plan {
        let path = try PathArgument.read(
            "file_path", arguments["file_path"]?.asString ?? "", setting)
        var job = Job(code: "")
        job.filename = path
        job.isScript = true
        if let words = arguments["arguments"]?.asArray {
            guard !words.contains(where: { $0.asString?.utf8.contains(0) == true }) else {
                throw ToolError("arguments: an argument can't contain a NUL character")
            }
            job.arguments = JSON.array(words).bytes
        }
        // The house looks at the file's imports when it has read it.
        let (template, environment) = try EnvironmentArgument.choose(
            arguments["environment"]?.asString ?? EnvironmentArgument.alias, for: "", setting)
        var execution = Execution(job, on: template)
        execution.environment = environment
        execution.file = path
        var limits = setting.limits
        let notes = limits.lowerWall(toAsked: arguments["timeout"], in: .seconds)
        return Plan(.run(execution), limits: limits, notes: notes)
    }

    static func reply(to done: Done, of plan: Plan) -> Reply {
        var heading = "Script"
        if case .run(let execution) = plan.work, let file = execution.file {
            heading = "Script: \(file.printable)"
        }
        return Reply.toRun(done, plan, .sections(heading))
    }
}
