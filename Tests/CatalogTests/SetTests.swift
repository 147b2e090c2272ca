// The sets a client can be offered.

import Testing

@testable import Catalog

@Suite struct SetTests {
    static let sets: [(String, Set<String>)] = [
        ("all", Set(Contract.all.map(\.tool))),
        (
            "core",
            [
                "list_python_environments", "list_installed_packages", "list_sessions",
                "python_execute", "run_python_code", "run_python_file", "clear_session",
            ]
        ),
        (
            "interpreter",
            [
                "list_python_environments", "list_installed_packages", "run_python_code",
                "run_python_file", "read_file", "write_file", "list_directory", "clear_session",
                "list_sessions",
            ]
        ),
        ("pyodide", ["python_execute"]),
        (
            "sessions",
            [
                "session_checkpoint", "session_rollback", "session_branch", "session_tree",
                "list_sessions", "clear_session",
            ]
        ),
    ]

    @Test(arguments: sets)
    func `a set is exactly its tools, in the catalogue's order`(
        name: String, tools: Set<String>
    ) throws {
        let selected = try Catalog.select([name]).map { $0.name }
        #expect(selected == Catalog.names.filter(tools.contains))
        #expect(Set(selected) == tools)
    }

    @Test func `there are no other sets`() {
        #expect(Catalog.sets.map(\.name) == Self.sets.map(\.0))
    }

    @Test func `names and sets add up, slips are told`() throws {
        #expect(try Catalog.select([]).isEmpty)
        let both = try Catalog.select(["pyodide", "read_file", "read_file"]).map { $0.name }
        #expect(both == ["read_file", "python_execute"])
        let error = #expect(throws: ToolError.self) { try Catalog.select(["python_exceute"]) }
        #expect(error?.description.contains("did you mean 'python_execute'?") == true)
    }
}
