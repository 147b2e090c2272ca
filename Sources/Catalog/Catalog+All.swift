// The list. A tool that is not here does not exist.

internal import Notation

/// Every tool there is, and the sets a client can be offered.
package enum Catalog {
    /// In the order of tools/list; a harmless one first.
    package static let all: [any Tool.Type] = [
        PythonExecute.self
    ]

    /// Sets by name: `all`, a dozen without two for one job, and each upstream server's own list.
    package static let sets: [(name: String, tools: [String])] = [
        ("all", all.map { $0.declaration.name }),
        ("core", [PythonExecute.declaration.name]),
        ("pyodide", [PythonExecute.declaration.name]),
    ]

    /// The tool that help texts and client examples call: it takes `code`.
    package static let example = PythonExecute.declaration.name

    package static var names: [String] { all.map { $0.declaration.name } }

    package static func tool(named name: String) -> (any Tool.Type)? {
        all.first { $0.declaration.name == name }
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
        return all.filter { chosen.contains($0.declaration.name) }
    }
}
