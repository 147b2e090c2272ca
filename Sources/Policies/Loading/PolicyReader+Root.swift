// The top of a policy: version, default, what is hidden, and the sections.

internal import Notation

extension PolicyReader {
    mutating func readRoot(_ root: YAMLNode) {
        if root.isNull, !isStrict {
            refuse(root, "the policy is empty", fix: "write at least `default: deny`")
            return
        }
        let empty = YAMLNode(.mapping([]), at: root.position)
        guard let fields = fields(root.isNull ? empty : root, .root) else { return }
        readVersion(fields)
        readDialect(fields["dialect"])
        policy.about = text(fields["description"]) ?? ""
        readFallback(fields)
        readHidden(fields["hide"])
        readSettings(fields)
        tools = fields["tools"]?.entries ?? []
        for entry in fields.entries where !entry.value.isNull {
            switch entry.key {
            case "tools": readTools(entry.value)
            case "all_tools": readSection(entry.value, .allTools, .allTools)
            case "categories": readCategories(entry.value)
            default: break
            }
        }
        checkStateReads()
        readTests(fields["tests"])
    }

    private mutating func readVersion(_ fields: Fields) {
        let fix = "write version: \"1\""
        guard let node = fields["version"] else {
            if isStrict || dialect == .json {
                refuseMissing("version", in: fields, fix: fix)
            } else if fields.written("version") == nil {
                log.warn(.value(fields.node.position), missing: "version", "is missing", fix: fix)
            }
            return
        }
        guard let text = text(node), text != "1" else { return }
        refuse(node, "version \(Self.shown(text)) is not supported", fix: fix)
    }

    private mutating func readDialect(_ node: YAMLNode?) {
        guard let node, let named = choice(node, Policy.Dialect.allCases.map(\.rawValue)) else {
            return
        }
        if named != dialect.rawValue {
            refuse(
                node, "the file says \(named), but it is to be read as \(dialect.rawValue)",
                fix: "change one of the two")
        }
    }

    private mutating func readFallback(_ fields: Fields) {
        guard let node = fields["default"] else {
            let fix = "write default: deny, or default: allow"
            switch dialect {
            case .json, .sandboa: refuseMissing("default", in: fields, fix: fix)
            case .intercept where !isStrict:
                let message = "is missing, so tools that no rule names are allowed"
                log.warn(.value(fields.node.position), missing: "default", message, fix: fix)
            case .intercept: break
            }
            return
        }
        policy.fallback =
            choice(node, ["allow", "deny"]).flatMap(Policy.Fallback.init(rawValue:)) ?? .deny
    }

    private mutating func readHidden(_ node: YAMLNode?) {
        var seen: [ExactText: YAMLPosition] = [:]
        for element in elements(node) {
            guard let tool = name(element) else { continue }
            if let first = seen.updateValue(element.position, forKey: ExactText(tool)) {
                refuse(element, "\(Self.shown(tool)) is hidden already, at \(first)")
            } else if !isStrict, tool != "*", SectionContext.hasWildcard(tool) {
                refuse(
                    element, "hide takes exact names, or '*' for every tool",
                    fix: "name each tool")
            }
            if SectionContext.hasBlankAtEnd(tool) {
                refuseUnlessStrict(element, Self.blankAtEnd, fix: Self.fixForBlank(tool))
            }
            policy.hidden.append(Policy.Hidden(tool: tool, mark: mark(element)))
        }
    }

    // MARK: Sections

    private mutating func readTools(_ node: YAMLNode) {
        guard let entries = node.entries else {
            refuse(node, "expected a map from tools to their rules, found \(node.kind)")
            return
        }
        for entry in entries {
            checkToolName(entry)
            let context = SectionContext.tool(entry.key, isNative: isNative)
            readSection(entry.value, .tool, context, at: entry.keyPosition)
        }
    }

    private static let blankAtEnd = "the name of a tool must not begin or end with a blank"

    private static func fixForBlank(_ name: String) -> String {
        "write '\(DeceptiveScalar.reading(of: name))'"
    }

    private mutating func checkToolName(_ entry: YAMLEntry) {
        if SectionContext.hasBlankAtEnd(entry.key), isStrict {
            log.warn(
                .key(entry.keyPosition), Self.blankAtEnd, fix: Self.fixForBlank(entry.key))
        }
        guard !isStrict else { return }
        if entry.key.isEmpty {
            log.refuse(.key(entry.keyPosition), "the name of a tool must not be empty")
        } else if SectionContext.hasBlankAtEnd(entry.key) {
            log.refuse(
                .key(entry.keyPosition), Self.blankAtEnd, fix: Self.fixForBlank(entry.key))
        } else if !isNative, entry.key != "*", SectionContext.hasWildcard(entry.key) {
            log.refuse(
                .key(entry.keyPosition), "names match exactly here, so this one matches no tool",
                fix: "globs need `dialect: sandboa` at the top of the file")
        }
    }

    private mutating func readCategories(_ node: YAMLNode) {
        guard let entries = node.entries else {
            refuse(node, "expected a map from categories to their rules, found \(node.kind)")
            return
        }
        for entry in entries {
            guard let category = Category(word: entry.key) else {
                log.refuse(
                    .key(entry.keyPosition), "\(Self.shown(entry.key)) is no category",
                    fix: "there are \(Category.words.joined(separator: ", "))")
                continue
            }
            readSection(entry.value, .tool, .category(category), at: entry.keyPosition)
        }
    }

    /// Reads the rules of a section.
    private mutating func readSection(
        _ node: YAMLNode, _ shape: MapShape, _ context: SectionContext,
        at position: YAMLPosition? = nil
    ) {
        var section = Section(context.target, at: mark(position ?? node.position))
        var elsewhere: [Section] = []
        if !node.isNull, let fields = fields(node, shape) {
            section.rules += wallRules(fields, context)
            section.rules += groups(fields["deny_if"], denies: true, context)
            section.rules += groups(fields["require"], denies: false, context)
            for (index, element) in elements(fields["rules"]).enumerated() {
                let (home, rules) = rule(element, index: index, in: context)
                if home.target == context.target {
                    section.rules += rules
                } else {
                    elsewhere.append(Section(home.target, at: mark(element), rules: rules))
                }
            }
            if let limits = fields["limits"], limits.entries == nil || !isNative {
                section.rules += quotas(limits, context)
            }
        }
        add(section)
        for section in elsewhere { add(section) }
    }

    /// What every tool and what categories get can be written in several places; tools and globs
    /// are keys of one map, so each stands there once.
    private mutating func add(_ section: Section) {
        switch section.target {
        case .tool, .glob: break
        case .everyTool, .category:
            let place = policy.sections.firstIndex { $0.target == section.target }
            guard let place else { break }
            policy.sections[place].rules += section.rules
            return
        }
        policy.sections.append(section)
    }
}

extension Category {
    static let words = allCases.map { $0.rawValue.lowercased() }

    /// `Destructive` or `destructive`.
    init?(word: String) {
        let found = Self.allCases.first { word == $0.rawValue || word == $0.rawValue.lowercased() }
        guard let found else { return nil }
        self = found
    }
}
