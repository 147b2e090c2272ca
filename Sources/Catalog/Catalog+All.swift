// The list. A tool that is not here does not exist.

internal import Notation

/// Every tool there is, and the sets a client can be offered.
package enum Catalog {
    /// In the order of tools/list; harmless ones first.
    package static let all: [any Tool.Type] = [
        ListPythonEnvironments.self, ListInstalledPackages.self, ListSessions.self,
        SessionTreeTool.self, ListDirectory.self, ReadFile.self,
        PythonExecute.self, RunPythonCode.self, RunPythonFile.self, SessionCheckpoint.self,
        SessionBranch.self, SessionRollback.self, ClearSession.self, WriteFile.self,
    ]

    /// Sets by name: `all`, some without two for one job, each upstream server's own list, and the
    /// tools for sessions.
    package static let sets: [(name: String, tools: [String])] = [
        ("all", names),
        (
            "core",
            chosen(
                ListPythonEnvironments.self, ListInstalledPackages.self, ListSessions.self,
                PythonExecute.self, RunPythonCode.self, RunPythonFile.self, ClearSession.self)
        ),
        ("interpreter", tools(of: .interpreter)),
        ("pyodide", tools(of: .pyodide)),
        (
            "sessions",
            chosen(
                ListSessions.self, SessionTreeTool.self, SessionCheckpoint.self,
                SessionBranch.self, SessionRollback.self, ClearSession.self)
        ),
    ]

    /// The tool that help texts and client examples call: it takes `code`.
    package static let example = PythonExecute.name
    /// The tool that ends a session: named where there are too many.
    package static let sessionEnd = ClearSession.name

    package static var names: [String] { all.map { $0.name } }

    private static func chosen(_ tools: any Tool.Type...) -> [String] { tools.map { $0.name } }

    private static func tools(of upstream: Declaration.Upstream) -> [String] {
        all.filter { $0.declaration.upstream == upstream }.map { $0.name }
    }

    package static func tool(named name: String) -> (any Tool.Type)? {
        all.first { $0.name == name }
    }

    /// The tools that a list of names and sets selects, in the catalogue's order.
    package static func select(_ names: [String]) throws(ToolError) -> [any Tool.Type] {
        var chosen: Set<String> = []
        for name in names {
            if let set = sets.first(where: { $0.name == name }) {
                chosen.formUnion(set.tools)
            } else if tool(named: name) != nil {
                chosen.insert(name)
            } else {
                let known = sets.map(\.name) + self.names
                let hint =
                    Suggestion.nearest(to: name, among: known)
                    .map { "; did you mean '\($0)'?" } ?? ""
                throw ToolError("there is no tool or set named '\(name)'\(hint)")
            }
        }
        return all.filter { chosen.contains($0.name) }
    }
}
