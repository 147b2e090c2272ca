// What upstream's tools take, copied from their sources: names, types, defaults and choices.

import Notation
import Policies

@testable import Catalog

/// One parameter of a tool.
struct Parameter: Sendable {
    let name: String
    /// One type, or several when null counts, too.
    let types: [String]
    var isRequired = false
    var preset: JSON?
    var choices: [JSON]?

    static func text(_ name: String, _ preset: JSON? = nil) -> Parameter {
        Parameter(name: name, types: ["string"], preset: preset)
    }

    static func needed(_ name: String) -> Parameter {
        Parameter(name: name, types: ["string"], isRequired: true)
    }

    static func number(_ name: String, _ preset: JSON?) -> Parameter {
        Parameter(name: name, types: ["integer"], preset: preset)
    }
}

/// One tool: what it is called, takes, and is said to do.
struct Contract: Sendable {
    let tool: String
    let upstream: Declaration.Upstream?
    let category: Policies.Category
    let risk: Risk
    var parameters: [Parameter] = []

    static let all: [Contract] = [
        Contract(
            tool: "list_python_environments", upstream: .interpreter, category: .read, risk: .low),
        Contract(
            tool: "list_installed_packages", upstream: .interpreter, category: .read, risk: .low,
            parameters: [.text("environment", "default")]),
        Contract(tool: "list_sessions", upstream: .interpreter, category: .read, risk: .low),
        Contract(
            tool: "session_tree", upstream: nil, category: .read, risk: .low,
            parameters: [.text("session_id", "default")]),
        Contract(
            tool: "list_directory", upstream: .interpreter, category: .read, risk: .low,
            parameters: [.text("directory_path", "")]),
        Contract(
            tool: "read_file", upstream: .interpreter, category: .read, risk: .medium,
            parameters: [.needed("file_path"), .number("max_size_kb", 1024)]),
        Contract(
            tool: "python_execute", upstream: .pyodide, category: .execute, risk: .high,
            parameters: [
                .needed("code"), Parameter(name: "context", types: ["object"]),
                .number("timeout", 60_000), Parameter(name: "requirements", types: ["array"]),
            ]),
        Contract(
            tool: "run_python_code", upstream: .interpreter, category: .execute, risk: .high,
            parameters: [
                .needed("code"),
                Parameter(
                    name: "execution_mode", types: ["string"], preset: "inline",
                    choices: ["inline", "subprocess"]),
                .text("session_id", "default"), .text("environment", "system"),
                Parameter(name: "save_as", types: ["string", "null"], preset: .null),
                .number("timeout", 300),
            ]),
        Contract(
            tool: "run_python_file", upstream: .interpreter, category: .execute, risk: .high,
            parameters: [
                .needed("file_path"), .text("environment", "default"),
                Parameter(name: "arguments", types: ["array", "null"], preset: .null),
                .number("timeout", 300),
            ]),
        Contract(
            tool: "session_checkpoint", upstream: nil, category: .write, risk: .low,
            parameters: [.text("session_id", "default"), .text("label")]),
        Contract(
            tool: "session_branch", upstream: nil, category: .write, risk: .low,
            parameters: [
                .text("session_id", "default"), .text("snapshot_id"), .text("new_session_id"),
            ]),
        Contract(
            tool: "session_rollback", upstream: nil, category: .write, risk: .low,
            parameters: [.text("session_id", "default"), .text("snapshot_id")]),
        Contract(
            tool: "clear_session", upstream: .interpreter, category: .write, risk: .low,
            parameters: [.text("session_id", "default")]),
        Contract(
            tool: "write_file", upstream: .interpreter, category: .write, risk: .medium,
            parameters: [
                .needed("file_path"), .needed("content"),
                Parameter(name: "overwrite", types: ["boolean"], preset: false),
            ]),
    ]
}
