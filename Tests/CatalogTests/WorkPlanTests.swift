// From arguments to a plan: the tools that run code or ask about files, sessions, environments.

import Notation
import Testing
import Wire

@testable import Catalog

@Suite struct WorkPlanTests {
    private static let setting = Samples.setting(workspace: "/ws")

    private func plan(
        _ tool: String, _ arguments: JSONObject, _ setting: Setting = setting
    ) throws -> Plan {
        try #require(Catalog.tool(named: tool)).plan(arguments, setting)
    }

    private struct OtherWork: Error {}

    private func session(_ arguments: JSONObject) throws -> (String, Execution) {
        guard case .session(let id, let run) = try plan("run_python_code", arguments).work else {
            throw OtherWork()
        }
        return (id, run)
    }

    private func run(
        _ tool: String, _ arguments: JSONObject, _ setting: Setting = setting
    ) throws -> Execution {
        guard case .run(let run) = try plan(tool, arguments, setting).work else {
            throw OtherWork()
        }
        return run
    }

    @Test func `code runs in the session that is named, as a cell`() throws {
        let (id, execution) = try session(["code": "x"])
        #expect(id == "default")
        #expect(execution.job.code == "x")
        #expect(!execution.job.isScript)
        #expect(!execution.job.readsInlineMetadata)
        #expect(execution.environment == nil)
        #expect(execution.saveAs == nil)
        #expect(try session(["code": "x", "session_id": "né 1"]).0 == "né 1")
    }

    @Test func `in subprocess mode code is a script without a session`() throws {
        let execution = try run(
            "run_python_code",
            ["code": "x", "execution_mode": "subprocess", "session_id": "ignored"])
        #expect(execution.job.code == "x")
        #expect(execution.job.isScript)
    }

    @Test func `a program too long is refused by name`() {
        let code = String(repeating: "é", count: Job.maximumCodeBytes / 2 + 1)
        let error = #expect(throws: ToolError.self) {
            try plan("run_python_code", ["code": .string(code)])
        }
        #expect(error?.description.hasPrefix("code: ") == true)
    }

    @Test(
        arguments: [
            ("system", "x", .std, nil), ("default", "x", .std, nil),
            ("system", "import numpy", .sci, nil), ("data", "x", .sci, nil),
            ("venv", "import numpy", .std, "venv"), ("../x", "x", .std, "../x"),
        ] as [(String, String, TemplateName, String?)])
    func `an environment is a template, or one for the house to find`(
        name: String, code: String, template: TemplateName, environment: String?
    ) throws {
        let arguments: JSONObject = ["code": .string(code), "environment": .string(name)]
        let (_, execution) = try session(arguments)
        #expect(execution.template == template)
        #expect(execution.environment == environment)
        let file = try run("run_python_file", ["file_path": "a", "environment": .string(name)])
        #expect(file.template == (name == "data" ? .sci : .std))
        #expect(file.environment == environment)
    }

    @Test(arguments: ["run_python_code", "run_python_file"])
    func `a data environment that is not built is told, with what to do`(tool: String) {
        let setting = Samples.setting(hasEnvironment: false, workspace: "/ws")
        let arguments: JSONObject = ["code": "1", "file_path": "a", "environment": "data"]
        let error = #expect(throws: ToolError.self) { try plan(tool, arguments, setting) }
        #expect(error?.description.contains("sandboa env build data") == true)
    }

    @Test(arguments: ["run_python_code", "run_python_file"])
    func `a time-out counts seconds, is lowered to the ceiling, and it is said`(
        tool: String
    ) throws {
        let cases: [(JSON, Int64, Bool)] = [
            (1, 1000, false), (600, 600_000, false), (601, 600_000, true),
            (9_223_372_036_854_775_807, 600_000, true), (.number("1e400"), 600_000, true),
            (.number("2.0"), 2000, false),
        ]
        for (asked, wall, isLowered) in cases {
            let plan = try plan(tool, ["code": "1", "file_path": "a", "timeout": asked])
            #expect(plan.limits.wallMilliseconds == wall)
            let note = "timeout lowered to 600 s, the operator's ceiling"
            #expect(plan.notes == (isLowered ? [note] : []))
        }
    }

    @Test func `a ceiling that is no whole second is told in milliseconds`() throws {
        var setting = Self.setting
        setting.limits.wallCeilingMilliseconds = 1500
        let plan = try plan("run_python_code", ["code": "1", "timeout": 2], setting)
        #expect(plan.limits.wallMilliseconds == 1500)
        #expect(plan.notes == ["timeout lowered to 1500 ms, the operator's ceiling"])
    }

    @Test(arguments: [("a", "a.py"), ("a.py", "a.py"), ("d/a.txt", "d/a.txt.py"), ("ü", "ü.py")])
    func `a name to save as ends in py, and the result tells it`(
        given: String, saved: String
    ) throws {
        for mode in ["inline", "subprocess"] {
            let plan = try plan(
                "run_python_code",
                ["code": "1", "save_as": .string(given), "execution_mode": .string(mode)])
            switch plan.work {
            case .run(let execution), .session(_, let execution):
                #expect(execution.saveAs == saved)
            case .sessions, .files, .environments: throw OtherWork()
            }
            #expect(plan.notes == ["the code was saved as \(saved)"])
        }
    }

    @Test(arguments: ["", "/a", "a/", "../a", "a/../../b", "a\0", "/ws/a.py"])
    func `a name to save as that leads elsewhere is refused`(path: String) {
        let error = #expect(throws: ToolError.self) {
            try plan("run_python_code", ["code": "1", "save_as": .string(path)])
        }
        #expect(error?.description.hasPrefix("save_as: ") == true)
    }

    @Test func `a file is a script with its own name and arguments`() throws {
        let execution = try run(
            "run_python_file", ["file_path": "d/a.py", "arguments": ["a", "b c", "", "ü"]])
        #expect(execution.file == "d/a.py")
        #expect(execution.job.filename == "d/a.py")
        #expect(execution.job.isScript)
        #expect(execution.job.arguments == Array(#"["a","b c","","ü"]"#.utf8))
        #expect(try run("run_python_file", ["file_path": "a"]).job.arguments == nil)
        let null = try run("run_python_file", ["file_path": "a", "arguments": .null])
        #expect(null.job.arguments == nil)
        let error = #expect(throws: ToolError.self) {
            try plan("run_python_file", ["file_path": "a", "arguments": ["a\0b"]])
        }
        #expect(error?.description.hasPrefix("arguments: ") == true)
    }

    // MARK: Files

    private static let pathTools = [
        ("read_file", "file_path"), ("write_file", "file_path"), ("run_python_file", "file_path"),
        ("list_directory", "directory_path"), ("run_python_code", "save_as"),
    ]

    private func planning(
        _ tool: String, _ name: String, _ path: String, _ setting: Setting
    )
        throws -> Plan
    {
        try plan(tool, ["code": "1", "content": "", name: .string(path)], setting)
    }

    @Test(arguments: pathTools)
    func `without a workspace a path is refused, and how to get one is told`(
        tool: String, name: String
    ) {
        let error = #expect(throws: ToolError.self) {
            try planning(tool, name, "a.py", Samples.setting())
        }
        #expect(error?.description.hasPrefix("\(name): this server has no workspace") == true)
        #expect(error?.description.contains("--workspace DIR") == true)
    }

    @Test func `code without a path needs no workspace`() throws {
        let plan = try plan("run_python_code", ["code": "1", "save_as": .null], Samples.setting())
        #expect(plan.notes.isEmpty)
    }

    @Test(arguments: pathTools)
    func `a path that can't be meant is refused by name`(tool: String, name: String) {
        let long = String(repeating: "é", count: 128)
        let deep = String(repeating: "a/", count: 2049)
        for path in ["..", "../a", "a/..", "a/../b", "/../a", "a\0b", long, deep] {
            let error = #expect(throws: ToolError.self) {
                try planning(tool, name, path, Self.setting)
            }
            #expect(error?.description.hasPrefix("\(name): ") == true)
        }
    }

    @Test func `dots that are no step up are names`() throws {
        for path in ["...", "a..b", "..a", "./a", ".hidden", "/ws/a", "a//b"] {
            let plan = try planning("read_file", "file_path", path, Self.setting)
            guard case .files(let request) = plan.work else { throw OtherWork() }
            #expect(request == .read(path, maximumBytes: 1024 * 1024))
        }
    }

    @Test(
        arguments: [
            (1, 1024, false), (16_384, 16_777_216, false), (16_385, 16_777_216, true),
            (.number("1e400"), 16_777_216, true),
        ] as [(JSON, Int64, Bool)])
    func `the size of a file to read has a ceiling, and it is said`(
        asked: JSON, bytes: Int64, isLowered: Bool
    ) throws {
        let plan = try plan("read_file", ["file_path": "a", "max_size_kb": asked])
        guard case .files(let request) = plan.work else { throw OtherWork() }
        #expect(request == .read("a", maximumBytes: bytes))
        #expect(
            plan.notes == (isLowered ? ["max_size_kb lowered to 16384, the most there is"] : []))
    }

    @Test func `a text is written as bytes, and not too many`() throws {
        let arguments: JSONObject = ["file_path": "a", "content": "ü\n", "overwrite": true]
        guard case .files(let request) = try plan("write_file", arguments).work else {
            throw OtherWork()
        }
        #expect(request == .write("a", [0xC3, 0xBC, 0x0A], overwrite: true))
        let long = String(repeating: "é", count: Int(FileRequest.maximumBytes) / 2 + 1)
        let error = #expect(throws: ToolError.self) {
            try plan("write_file", ["file_path": "a", "content": .string(long)])
        }
        #expect(error?.description.hasPrefix("content: ") == true)
    }

    @Test func `an empty directory is the workspace`() throws {
        for (given, listed) in [("", ""), ("d", "d"), (".", ".")] {
            let plan = try plan("list_directory", ["directory_path": .string(given)])
            guard case .files(let request) = plan.work else { throw OtherWork() }
            #expect(request == .list(listed))
        }
    }

    // MARK: Sessions and environments

    static let requests: [(String, JSONObject, SessionRequest)] = [
        ("list_sessions", [:], .list),
        ("clear_session", [:], .clear("default")),
        ("clear_session", ["session_id": "a"], .clear("a")),
        ("session_tree", ["session_id": "a"], .tree("a")),
        ("session_checkpoint", [:], .checkpoint("default", label: nil)),
        (
            "session_checkpoint", ["session_id": "a", "label": "two words"],
            .checkpoint("a", label: "two words")
        ),
        ("session_rollback", [:], .rollback("default", to: nil)),
        ("session_rollback", ["session_id": "a", "snapshot_id": "s"], .rollback("a", to: "s")),
        ("session_branch", [:], .branch("default", from: nil, into: nil)),
        (
            "session_branch", ["session_id": "a", "snapshot_id": "s", "new_session_id": "b"],
            .branch("a", from: "s", into: "b")
        ),
    ]

    @Test(arguments: requests)
    func `arguments become a request about sessions`(
        tool: String, arguments: JSONObject, expected: SessionRequest
    ) throws {
        guard case .sessions(let request) = try plan(tool, arguments, Samples.setting()).work
        else { throw OtherWork() }
        #expect(request == expected)
    }

    @Test(arguments: [
        ("run_python_code", "session_id"), ("clear_session", "session_id"),
        ("session_tree", "session_id"), ("session_checkpoint", "label"),
        ("session_rollback", "snapshot_id"), ("session_branch", "new_session_id"),
    ])
    func `a name that a list could show as another is refused`(tool: String, name: String) {
        for id in ["a\nb", "a\u{202E}b", "\u{200B}", "a\0", " a", "a ", "\u{1B}[31m"] {
            let error = #expect(throws: ToolError.self) {
                try plan(tool, ["code": "1", name: .string(id)])
            }
            #expect(error?.description.hasPrefix("\(name): ") == true)
        }
    }

    @Test func `environments are asked for by name`() throws {
        let cases: [(String, JSONObject, EnvironmentRequest)] = [
            ("list_python_environments", [:], .list),
            ("list_installed_packages", [:], .packages(of: "default")),
            ("list_installed_packages", ["environment": "v"], .packages(of: "v")),
        ]
        for (tool, arguments, expected) in cases {
            guard case .environments(let request) = try plan(tool, arguments).work else {
                throw OtherWork()
            }
            #expect(request == expected)
        }
    }
}
