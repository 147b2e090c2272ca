// Names against a catalogue: tools and arguments that nobody has.

internal import Notation

extension PolicyCheck {
    mutating func checkNames() {
        checkSpelling()
        guard !tools.isEmpty else { return }
        let names = (tools.map(\.name) + tools.compactMap(\.handler)).sorted()
        for hidden in policy.hidden where hidden.tool != "*" {
            guard !names.contains(where: { $0.hasSameBytes(as: hidden.tool) }) else { continue }
            warn(
                at: hidden.mark, key: "hide", "there is no tool '\(hidden.tool)' to hide",
                fix: Self.didYouMean(hidden.tool, names))
        }
        for section in policy.sections {
            let key = section.key(in: policy.dialect)
            switch section.target {
            case .tool(let name) where !names.contains(where: { $0.hasSameBytes(as: name) }):
                warn(
                    at: section.mark, key: key, "there is no tool '\(name)'",
                    fix: Self.didYouMean(name, names))
            case .glob(let text):
                let glob = GlobText(text)
                guard !names.contains(where: { glob.matches($0) == true }) else { break }
                warn(at: section.mark, key: key, "no tool is named like '\(text)'")
            default: break
            }
            checkArguments(of: section)
        }
    }

    /// Without a catalogue: a hidden name that is almost a listed one.
    private mutating func checkSpelling() {
        guard tools.isEmpty else { return }
        let listed = policy.sections.compactMap { section -> String? in
            if case .tool(let name) = section.target { name } else { nil }
        }
        for hidden in policy.hidden where hidden.tool != "*" {
            guard !listed.contains(where: { $0.hasSameBytes(as: hidden.tool) }),
                let nearest = Suggestion.nearest(to: hidden.tool, among: listed),
                nearest.caseFolded == hidden.tool.caseFolded
                    || nearest.utf8.count > 4 && hidden.tool.utf8.count > 4
            else { continue }
            warn(
                at: hidden.mark, key: "hide",
                "'\(hidden.tool)' is listed nowhere, but '\(nearest)' is",
                fix: "did you mean '\(nearest)'?")
        }
    }

    private mutating func checkArguments(of section: Section) {
        let shapes = tools.filter { Self.concerns(section, $0) }
        guard !shapes.isEmpty else { return }
        let names = Set(shapes.flatMap(\.argumentTypes.keys)).sorted()
        for (index, rule) in section.rules.enumerated() {
            var paths = rule.tests.compactMap { test -> (SourceMark, ArgumentPath)? in
                if case .argument(let path) = test.path { (test.mark, path) } else { nil }
            }
            if case .argument(let path)? = rule.limit?.cost { paths.append((rule.mark, path)) }
            for (mark, path) in paths {
                guard case .key(let name)? = path.steps.first,
                    !names.contains(where: { $0.hasSameBytes(as: name) })
                else { continue }
                warn(
                    at: mark, key: key(of: section, rule: index),
                    "\(section.subject) \(section.isPlural ? "have" : "has") no argument '\(name)'",
                    fix: Self.didYouMean(name, names))
            }
        }
    }

    private static func concerns(_ section: Section, _ shape: ToolShape) -> Bool {
        let names = [shape.name, shape.handler].compactMap { $0 }
        return switch section.target {
        case .tool(let name): names.contains { $0.hasSameBytes(as: name) }
        case .glob(let text): names.contains { GlobText(text).matches($0) == true }
        case .category(let category):
            shape.categories.isEmpty || shape.categories.contains(category)
        case .everyTool: true
        }
    }

    private static func didYouMean(_ name: String, _ names: [String]) -> String {
        Suggestion.nearest(to: name, among: names).map { "did you mean '\($0)'?" }
            ?? "remove it, if nothing is called that"
    }
}

extension Section {
    fileprivate var isPlural: Bool {
        switch target {
        case .tool, .everyTool: false
        case .glob, .category: true
        }
    }
}
