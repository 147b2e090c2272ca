// Sections that no call reaches, and tools that no call can use.

internal import Notation

extension PolicyCheck {
    mutating func checkReach() {
        let listed = policy.sections.filter(\.listsTools)
        if let star = policy.hidden.first(where: { $0.tool == "*" }) {
            warn(
                at: star.mark, key: "hide", "`*` hides every tool: no rule is ever asked",
                fix: "name the tools to hide")
            return
        }
        checkHidden()
        guard policy.fallback == .deny else { return }
        let open = listed.filter { !isHiddenOrDenied($0) }
        for section in policy.sections where !section.listsTools && open.isEmpty {
            warn(
                at: section.mark, key: section.key(in: policy.dialect),
                "these rules are never asked: the default is deny, and no tool is listed that is "
                    + "not denied anyway",
                fix: "list tools under `tools`")
        }
        if listed.isEmpty && policy.sections.isEmpty {
            let mark = SourceMark(file: policy.file, line: 1, column: 1)
            warn(
                at: mark, key: "tools",
                "the default is deny and no tool is listed: every call is denied",
                fix: "list tools under `tools`")
        }
    }

    /// Rules of tools that nobody can call.
    private mutating func checkHidden() {
        for section in policy.sections where !section.rules.isEmpty {
            guard case .tool(let name) = section.target,
                let hidden = policy.hidden.first(where: { $0.tool.hasSameBytes(as: name) })
            else { continue }
            warn(
                at: section.mark, key: section.key(in: policy.dialect),
                "the rules for '\(name)' are never asked: line \(hidden.mark.line) hides the tool",
                fix: "remove the rules, or the tool from `hide`")
        }
    }

    private func isHidden(_ name: String) -> Bool {
        policy.hidden.contains { $0.tool == "*" || $0.tool.hasSameBytes(as: name) }
    }

    private func isHiddenOrDenied(_ section: Section) -> Bool {
        if case .tool(let name) = section.target, isHidden(name) { return true }
        return section.rules.contains { $0.refuses && $0.when == nil && !$0.isObserved }
    }

    /// Tools whose rules can't all be satisfied, though each of them can.
    mutating func checkContradictions() {
        for (place, section) in policy.sections.enumerated() {
            guard case .tool(let name) = section.target, !isHidden(name) else { continue }
            let subject = PolicySubject(
                tool: name, shape: tools.first { $0.name.hasSameBytes(as: name) },
                policies: [compiled])
            let space = subject.space
            let sources = subject.sources
            guard space.isExhaustive, sources.count > 1, policy.mode == .enforce,
                !sources.contains(where: { $0.rule.refuses && $0.rule.when == nil }),
                !effects[place].contains(where: \.deniesAlways),
                !sources.contains(where: { $0.rule.tests.contains(where: \.readsCounter) })
            else { continue }
            let isDead = space.points.allSatisfy { point in
                let call = subject.call(at: point)
                return compiled.decide(call, counters: .empty, at: point.now).decision == .deny
            }
            guard isDead else { continue }
            warn(
                at: section.mark, key: section.key(in: policy.dialect),
                "the rules for '\(name)' exclude each other: every call is denied",
                fix: "write `action: deny`, if that is meant")
        }
    }
}

extension Section {
    /// Whether under default deny the section lets the tools it names be called.
    var listsTools: Bool {
        switch target {
        case .tool: true
        case .glob(let text): !GlobText(text).matchesAll
        case .category, .everyTool: false
        }
    }
}
