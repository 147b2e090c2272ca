package import Notation

/// What this server serves. The capabilities it declares are derived from here and from nowhere
/// else, so a method is answered exactly when it was declared.
///
/// A new capability is one option here, its methods in `Method`, and one `Step` for each.
package struct Offer: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package static let tools = Offer(rawValue: 1 << 0)
    package static let resources = Offer(rawValue: 1 << 1)
    package static let prompts = Offer(rawValue: 1 << 2)
    package static let completions = Offer(rawValue: 1 << 3)
    /// Calls that may be answered with a handle; 2026-07-28 only.
    package static let tasks = Offer(rawValue: 1 << 4)

    /// The name of the extension that has tasks, on both sides.
    package static let tasksExtension = "io.modelcontextprotocol/tasks"

    /// The `capabilities` object. No `listChanged` and no `subscribe`: nobody is told of changes,
    /// because a client that wants to know lists again.
    package func capabilities(in era: Era) -> JSON {
        var members = JSONObject()
        if contains(.tools) {
            members["tools"] = .object([:])
        }
        if contains(.resources) {
            members["resources"] = .object([:])
        }
        if contains(.prompts) {
            members["prompts"] = .object([:])
        }
        // 2024-11-05 has the method without a capability for it.
        if contains(.completions), era.hasCompletionCapability {
            members["completions"] = .object([:])
        }
        if contains(.tasks), era == .stateless {
            members["extensions"] = [Self.tasksExtension: [:]]
        }
        return .object(members)
    }
}
