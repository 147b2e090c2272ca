// An argument that names a file or directory of the workspace.

import Notation

/// Looks at a path's text alone. What it leads to is checked when it is opened, beneath the
/// workspace's own descriptor: nothing here is a wall.
enum PathArgument {
    static let maximumBytes = 4096
    static let maximumNameBytes = 255

    static func schema(_ description: String, preset: JSON? = nil) -> JSON {
        var schema: JSONObject = [
            "type": "string", "maxLength": .integer(Int64(maximumBytes)),
            "description": .string(description),
        ]
        schema["default"] = preset
        return .object(schema)
    }

    /// The path called `name` in the arguments. Throws a sentence when there is no workspace, and
    /// when no file could be meant.
    static func read(
        _ name: String, _ path: String, _ setting: Setting
    ) throws(ToolError) -> String {
        try requireWorkspace(name, setting)
        if let fault = fault(of: path) { throw ToolError("\(name): \(fault)") }
        return path
    }

    /// A script to write: relative to the workspace, and it ends in `.py`.
    static func readScript(
        _ name: String, _ path: String, _ setting: Setting
    ) throws(ToolError) -> String {
        let given = try read(name, path, setting)
        if given.hasPrefix("/") {
            throw ToolError("\(name): has to be relative to the workspace, without a leading /")
        }
        if given.hasSuffix("/") {
            throw ToolError("\(name): names a directory; give the file a name, too")
        }
        return given.hasSuffix(".py") ? given : try read(name, given + ".py", setting)
    }

    static func requireWorkspace(_ name: String, _ setting: Setting) throws(ToolError) {
        guard setting.workspace == nil else { return }
        throw ToolError(
            "\(name): this server has no workspace, so there is no file to name. Ask the operator "
                + "to start it with --workspace DIR.")
    }

    private static func fault(of path: String) -> String? {
        if path.isEmpty { return "is empty; name a file of the workspace" }
        if path.utf8.contains(0) { return "contains a NUL character, which no path can" }
        if path.utf8.count > maximumBytes { return "is longer than \(maximumBytes) bytes" }
        for name in path.utf8.split(separator: 0x2F) {
            if name.elementsEqual("..".utf8) {
                return "contains '..'; write the path from the workspace down"
            }
            if name.count > maximumNameBytes {
                return "contains a name longer than \(maximumNameBytes) bytes"
            }
        }
        return nil
    }
}
