// Which arguments a tool's schema takes.

import Notation
import Testing

@testable import Catalog

@Suite struct ArgumentTests {
    static let refused: [(String, String, String)] = [
        ("python_execute", #"{}"#, "code"), ("python_execute", #"{"code":1}"#, "code"),
        ("python_execute", #"{"code":"1","timeout":0}"#, "timeout"),
        ("python_execute", #"{"code":"1","timeout":-1e30}"#, "timeout"),
        ("python_execute", #"{"code":"1","timeout":1.5}"#, "timeout"),
        ("python_execute", #"{"code":"1","timeout":"5"}"#, "timeout"),
        ("python_execute", #"{"code":"1","context":[]}"#, "context"),
        ("python_execute", #"{"code":"1","requirements":"a"}"#, "requirements"),
        ("python_execute", #"{"code":"1","requirements":[""]}"#, "requirements"),
        ("run_python_code", #"{"code":"1","execution_mode":"thread"}"#, "execution_mode"),
        ("run_python_code", #"{"code":"1","session_id":""}"#, "session_id"),
        ("run_python_code", #"{"code":"1","session_id":null}"#, "session_id"),
        ("run_python_code", #"{"code":"1","save_as":5}"#, "save_as"),
        ("run_python_code", #"{"code":"1","timeout":0}"#, "timeout"),
        ("run_python_code", #"{"code":"1","environment":""}"#, "environment"),
        ("run_python_file", #"{"file_path":"a","arguments":"x"}"#, "arguments"),
        ("run_python_file", #"{"file_path":"a","arguments":[1]}"#, "arguments"),
        ("run_python_file", #"{}"#, "file_path"),
        ("read_file", #"{"file_path":"a","max_size_kb":0}"#, "max_size_kb"),
        ("write_file", #"{"file_path":"a"}"#, "content"),
        ("write_file", #"{"file_path":"a","content":"","overwrite":"yes"}"#, "overwrite"),
        ("list_directory", #"{"directory_path":null}"#, "directory_path"),
        ("session_rollback", #"{"snapshot_id":""}"#, "snapshot_id"),
    ]

    @Test(arguments: refused)
    func `arguments that do not fit are refused by name`(
        tool: String, arguments: String, field: String
    ) throws {
        let violations = try Self.violations(tool, arguments)
        #expect(violations.count == 1)
        #expect(violations.first?.message.contains(field) == true)
    }

    static let taken: [(String, String)] = [
        ("python_execute", #"{"code":""}"#),
        ("python_execute", #"{"code":"1","timeout":5.0}"#),
        ("python_execute", #"{"code":"1","timeout":1e400}"#),
        ("python_execute", #"{"code":"1","context":{"a":[1,null]},"requirements":["a>=1"]}"#),
        ("run_python_code", #"{"code":"1","save_as":null,"execution_mode":"subprocess"}"#),
        ("run_python_code", #"{"code":"1","save_as":"a/b","session_id":"s","timeout":2}"#),
        ("run_python_file", #"{"file_path":"a.py","arguments":["a","b c"],"timeout":2}"#),
        ("run_python_file", #"{"file_path":"a.py","arguments":null}"#),
        ("list_directory", #"{}"#), ("list_directory", #"{"directory_path":""}"#),
        ("write_file", #"{"file_path":"a","content":"ü","overwrite":true}"#),
        ("session_checkpoint", #"{"label":"loaded"}"#),
        ("session_branch", #"{"session_id":"a","snapshot_id":"b","new_session_id":"c"}"#),
    ]

    @Test(arguments: taken)
    func `arguments that fit are taken`(tool: String, arguments: String) throws {
        #expect(try Self.violations(tool, arguments).isEmpty)
    }

    private static func violations(
        _ tool: String, _ arguments: String
    ) throws -> [SchemaViolation] {
        let input = try #require(Catalog.tool(named: tool)).declaration.input
        return try Schema(compiling: input).violations(
            of: try JSON(parsing: Array(arguments.utf8)))
    }
}
