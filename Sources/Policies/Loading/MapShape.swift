// Which keys the maps of a policy file may have.

/// A kind of map in a policy file.
enum MapShape: String, CaseIterable {
    case root, tool, rule, condition, state, validate, group, quota
    case rateLimit = "rate_limit"
    case allTools = "all_tools"
    case counters, limit, walls, approval, test

    /// What Intercept v1.1.0 reads.
    private var strict: [String] {
        switch self {
        case .root: ["version", "description", "default", "hide", "tools"]
        case .tool: ["rules"]
        case .rule: ["name", "action", "rate_limit", "conditions", "on_deny", "state"]
        case .condition: ["path", "op", "value"]
        case .state: ["counter", "window", "increment", "increment_from"]
        default: []
        }
    }

    /// Intercept and the forms that published files use on top of it.
    private var intercept: [String] {
        switch self {
        case .root: strict + ["dialect"]
        case .rule: strict + ["reason", "validate"]
        case .rateLimit: ["max", "window"]
        case .validate: ["required_args"]
        default: strict
        }
    }

    private var json: [String] {
        switch self {
        case .root: ["version", "description", "default", "hide", "tools", "all_tools", "dialect"]
        case .tool, .allTools: ["require", "deny_if", "limits"]
        case .condition: ["path", "op", "value", "on_missing"]
        case .group: ["conditions", "on_deny", "on_missing"]
        case .quota: ["counter", "window", "max", "scope", "increment_from", "on_deny"]
        default: []
        }
    }

    private var native: [String] {
        switch self {
        case .root: json + ["mode", "counters", "categories", "tests"]
        case .tool, .allTools: json + ["rules", "profile", "sandbox"]
        case .rule:
            intercept + [
                "when", "require", "deny_if", "on_missing", "approval", "limit", "profile",
                "sandbox", "limits", "observe", "category",
            ]
        case .condition: json + ["all", "any", "not"]
        case .quota: json + ["cost", "charge", "kind"]
        case .group: json
        case .state, .rateLimit, .validate: intercept
        case .counters: ["scope", "window"]
        case .limit: ["counter", "max", "window", "cost", "scope", "charge", "kind"]
        case .walls: ["wall", "cpu", "memory", "output", "files", "processes"]
        case .approval: ["timeout", "on_timeout", "on_unsupported", "remember"]
        case .test:
            ["name", "tool", "args", "expect", "rule", "grant", "session", "category", "at"]
        }
    }

    /// The keys of such a map, by dialect.
    struct Vocabulary: Sendable {
        private let keys: [MapShape: [String]]
        private let nativeKeys: [MapShape: [String]]

        init(_ dialect: Policy.Dialect, isStrict: Bool) {
            var keys: [MapShape: [String]] = [:]
            var nativeKeys: [MapShape: [String]] = [:]
            for shape in MapShape.allCases {
                nativeKeys[shape] = shape.native
                keys[shape] =
                    switch dialect {
                    case .intercept: isStrict ? shape.strict : shape.intercept
                    case .json: shape.json
                    case .sandboa: shape.native
                    }
            }
            self.keys = keys
            self.nativeKeys = nativeKeys
        }

        func keys(of shape: MapShape) -> [String] { keys[shape] ?? [] }

        /// Whether the key means something in our own dialect.
        func isNative(_ key: String, in shape: MapShape) -> Bool {
            nativeKeys[shape]?.contains(key) == true
        }
    }
}
