// Reads what a server answered to `tools/list`: the bare result, the JSON-RPC response that
// carries it, or nothing but the array of tools.

internal import Notation

/// The tools of one answer, in its order.
package struct ToolListReading: Sendable {
    /// Limits of one list. A name is what a policy has to write.
    package static let maxBytes = 16 << 20
    package static let maxTools = 10_000
    package static let maxNameBytes = 256
    static let maxMembers = 1_000_000

    package let tools: [ForeignTool]
    /// The server has more pages; this list does not show every tool.
    package let isPartial: Bool

    package init(parsing bytes: [UInt8]) throws(ToolListError) {
        let root: JSON
        do {
            let limits = JSONLimits(maxBytes: Self.maxBytes, maxMembers: Self.maxMembers)
            root = try JSON(parsing: bytes, limits: limits)
        } catch {
            throw ToolListError("", "\(error)")
        }
        let (entries, place, isPartial) = try Self.entries(of: root)
        guard entries.count <= Self.maxTools else {
            throw ToolListError(place, "there are more than \(Self.maxTools) tools; split the list")
        }
        self.isPartial = isPartial
        var tools: [ForeignTool] = []
        var places: [ExactText: Int] = [:]
        for (index, entry) in entries.enumerated() {
            let tool = try ToolEntry(entry, at: "\(place)[\(index)]").tool()
            if let first = places.updateValue(index, forKey: ExactText(tool.name)) {
                let shown = tool.name.legible(limit: 64)
                throw ToolListError(
                    "\(place)[\(index)].name", "\"\(shown)\" is also the name of \(place)[\(first)]"
                )
            }
            tools.append(tool)
        }
        self.tools = tools
    }

    private static func entries(
        of root: JSON
    ) throws(ToolListError) -> (entries: [JSON], place: String, isPartial: Bool) {
        if let entries = root.asArray { return (entries, "tools", false) }
        guard root.asObject != nil else {
            throw ToolListError("", "expected a tools/list result, a response or an array of tools")
        }
        var result = root
        var prefix = ""
        if root["jsonrpc"] != nil || root["result"] != nil || root["error"] != nil {
            if let error = root["error"] {
                let message = error["message"]?.asString ?? "no message"
                throw ToolListError(
                    "error", "the server answered with an error: \(message.legible(limit: 200))")
            }
            guard let inner = root["result"] else {
                throw ToolListError("", "a JSON-RPC message without a result; save the response")
            }
            (result, prefix) = (inner, "result.")
        }
        guard let tools = result["tools"] else {
            throw ToolListError("\(prefix)tools", "missing; is this a tools/list result?")
        }
        guard let entries = tools.asArray else {
            throw ToolListError("\(prefix)tools", "expected an array")
        }
        let isPartial = result["nextCursor"].map { $0 != .null } ?? false
        return (entries, "\(prefix)tools", isPartial)
    }
}
