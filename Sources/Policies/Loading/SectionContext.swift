// Which calls a part of a policy is about, and the names that follow from it.

internal import Notation

/// What the rules of a section are called by, and what is counted together.
struct SectionContext {
    let target: Section.Target
    /// As in the names of rules: `send-mail`, `*`, `category:destructive`.
    let name: String
    /// As in the names of counters.
    let group: String
    /// policy.json has another word for `*`.
    var isAllTools = false

    static func tool(_ name: String, isNative: Bool) -> SectionContext {
        if name == "*" {
            return SectionContext(target: .everyTool, name: "*", group: CounterName.everyTool)
        }
        let isGlob = isNative && hasWildcard(name)
        return SectionContext(
            target: isGlob ? .glob(name) : .tool(name), name: name, group: name)
    }

    static let allTools = SectionContext(
        target: .everyTool, name: "*", group: CounterName.everyTool, isAllTools: true)

    static func category(_ category: Category) -> SectionContext {
        let name = "category:" + category.rawValue.lowercased()
        return SectionContext(target: .category(category), name: name, group: name)
    }

    /// As in the names of rules of policy.json.
    var pointer: String {
        switch target {
        case .tool(let name), .glob(let name): "/tools" / name
        case .category(let category): "/categories/" + category.rawValue.lowercased()
        case .everyTool: isAllTools ? "/all_tools" : "/tools/*"
        }
    }

    /// Whether the name begins or ends with a blank: nobody would see what it fails to match.
    static func hasBlankAtEnd(_ name: String) -> Bool {
        name.first?.isWhitespace == true || name.last?.isWhitespace == true
    }

    static func hasWildcard(_ name: String) -> Bool {
        name.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
    }
}
