// python_execute: one program, a fresh worker, nothing kept.

import Notation
import Wire

/// Runs a Python program in a fresh worker and returns its value, its output and its errors.
enum PythonExecute: Tool {
    static let name = "python_execute"

    static let declaration = Declaration(
        name: name,
        title: "Run Python",
        upstream: .pyodide,
        description: """
            Runs Python code in a fresh, isolated process and returns what it printed and the \
            value of its last expression. Nothing is kept between calls: for variables that stay \
            use \(RunPythonCode.name). No network, no host files, no child processes; threads and \
            a private scratch directory (the working directory, and /tmp) are there. The standard \
            library is importable, and numpy, pandas, matplotlib and scipy when the operator has \
            built the data environment. Top-level await works. `timeout` is in milliseconds.
            """,
        published: .execute, effective: .execute, risk: .high,
        input: [
            "type": "object",
            "properties": [
                "code": [
                    "type": "string", "maxLength": 1_000_000,
                    "description": "Python source. A PEP 723 block may name its dependencies.",
                ],
                "context": [
                    "type": "object",
                    "description": "Values that the code finds as global names.",
                ],
                "timeout": TimeoutUnit.milliseconds.schema(preset: 60_000),
                "requirements": [
                    "type": "array", "maxItems": 100,
                    "items": ["type": "string", "minLength": 1, "maxLength": 500],
                    "description": "Packages that must be installed, as in requirements files.",
                ],
            ],
            "required": ["code"],
            "additionalProperties": false,
        ],
        output: ExecutionReply.schema,
        profile: "compute",
        hints: .init(readOnly: false, destructive: false, idempotent: false, openWorld: false),
        timeout: .milliseconds,
        divergences: [
            "Nothing is kept between calls: no module, no file.",
            "The code runs in CPython, not in WebAssembly: there is no module `js`.",
            "Requirements are checked and not downloaded: one that is not met is an error.",
            "A PEP 723 block is read in all its forms.",
            "A value is shown as its repr; upstream turns it into JSON.",
            "What was printed before an exception is kept.",
        ])

    static func plan(
        _ arguments: JSONObject, _ setting: Setting
    ) throws(ToolError) -> Plan {
        let code = arguments["code"]?.asString ?? ""
        var job = try Job(checked: code)
        job.readsInlineMetadata = true
        if let context = arguments["context"] { job.context = context.bytes }
        if let requirements = arguments["requirements"] { job.requirements = requirements.bytes }
        var limits = setting.limits
        let notes = limits.lowerWall(toAsked: arguments["timeout"], in: .milliseconds)
        let template = ImportScan.template(for: code, hasData: setting.hasEnvironment)
        return Plan(.run(Execution(job, on: template)), limits: limits, notes: notes)
    }

    static func reply(to done: Done, of plan: Plan) -> Reply {
        Reply.toRun(done, plan)
    }
}
