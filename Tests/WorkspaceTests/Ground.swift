// A workspace of a test's own with something outside of it that must never be touched; both are
// gone when the test is over.

import Foundation
import Kernel
import Testing

@testable import Workspace

final class Ground: Sendable {
    /// Holds `workspace` and `outside`.
    let path: String
    let workspace: Workspace

    /// What the file outside says; nothing that is read may have it.
    static let canary = "what nobody inside may see"

    init() throws {
        let url = FileManager.default.temporaryDirectory
            .appending(path: "sandboa-workspace-\(UUID().uuidString)")
        path = url.path(percentEncoded: false)
        try Files.makeDirectories("\(path)/workspace", mode: 0o755)
        try Files.makeDirectories("\(path)/outside/directory", mode: 0o755)
        for name in ["canary", "directory/file", "file.py"] {
            try Files.replace("\(path)/outside/\(name)", with: Array(Self.canary.utf8))
        }
        workspace = try Workspace("\(path)/workspace")
    }

    deinit {
        do { try FileManager.default.removeItem(atPath: path) } catch {
            print("left behind: \(path): \(error)")
        }
    }

    /// The path of something in the workspace.
    func callAsFunction(_ name: String) -> String { "\(path)/workspace/\(name)" }

    func outside(_ name: String) -> String { "\(path)/outside/\(name)" }

    /// Puts a file into the workspace, with the directories above it.
    func put(_ name: String, _ text: String = "text", mode: UInt32 = 0o644) throws {
        let above = self(name).split(separator: "/").dropLast().joined(separator: "/")
        try Files.makeDirectories("/\(above)", mode: 0o755)
        try Files.replace(self(name), with: Array(text.utf8), mode: mode)
    }

    func text(_ name: String) throws -> String {
        String(decoding: try Files.contents(of: self(name), limit: 1 << 25), as: UTF8.self)
    }

    func read(_ path: String, limit: Int64 = 1 << 20) throws -> String {
        String(decoding: try workspace.read(path, maximumBytes: limit).bytes, as: UTF8.self)
    }
}

/// What a call was refused with; nil when it was not.
func refusal<Value>(_ call: () throws -> Value) -> WorkspaceRefusal? {
    do {
        _ = try call()
        return nil
    } catch let refusal as WorkspaceRefusal {
        return refusal
    } catch {
        Issue.record("no refusal: \(error)")
        return nil
    }
}

/// Becomes somebody who is bound by permissions, for good: in a process of its own only.
func becomeOrdinary() throws {
    if Processes.userIdentifier == 0 { try Privileges.become(user: 65_500, group: 65_500) }
}

let isRoot = Processes.userIdentifier == 0
