// Writes a policy for a server nobody wrote one for: everything is denied but the tools of the
// list, and each of those gets the rule recommended for its category.

internal import Notation

/// A policy file made from classifications.
package struct SuggestedPolicy: Sendable {
    package enum Form: String, Hashable, Sendable, CaseIterable {
        /// Our own dialect, which can ask a person.
        case native
        /// What Intercept loads. It knows no approval, so what needs one is denied.
        case intercept
    }

    private let server: String?
    private let form: Form
    private let tools: [ClassifiedTool]

    /// Of two tools with one name the more severe counts.
    package init(
        server: String? = nil, tools: [ClassifiedTool], form: Form = .native
    ) {
        self.server = server
        self.form = form
        self.tools = tools
    }

    /// The text of the file, ending with a newline.
    package var text: String { lines.joined(separator: "\n") + "\n" }

    package var lines: [String] {
        var lines = [
            "# Suggested from names, descriptions and arguments; no tool was called.",
            "# Read every line first: the server wrote the words that it was made from.",
            "version: \"1\"",
        ]
        if form == .native { lines.append("dialect: sandboa") }
        let subject = (server ?? "a tool server").legible(limit: 64)
        lines.append("description: " + YAMLQuoting.quoted("Suggested policy for \(subject)"))
        lines += ["default: deny"]
        let (named, unnamed) = partition()
        lines += named.isEmpty ? ["tools: {}"] : ["tools:"]
        for category in Category.allCases {
            let group = named.filter { $0.classification.ruleCategory == category }
            if group.isEmpty { continue }
            lines += ["", "  # \(category.rawValue), risk \(category.risk.rawValue)"]
            lines += group.flatMap(section)
        }
        for tool in unnamed {
            let why = Self.isPattern(tool) ? "a pattern can't be its name" : "blanks end its name"
            lines.append("# denied by default, \(why): \(tool.shownName)")
        }
        return lines
    }

    /// `*` and `?` in a key stand for other names too.
    private static func isPattern(_ tool: ClassifiedTool) -> Bool {
        SectionContext.hasWildcard(tool.name)
    }

    /// Tools that a section can name, each once, and those it can't.
    private func partition() -> (named: [ClassifiedTool], unnamed: [ClassifiedTool]) {
        var named: [ClassifiedTool] = []
        var unnamed: [ClassifiedTool] = []
        var places: [ExactText: Int] = [:]
        for tool in tools {
            if Self.isPattern(tool) || SectionContext.hasBlankAtEnd(tool.name) {
                unnamed.append(tool)
            } else if let place = places[ExactText(tool.name)] {
                if tool.isMoreSevere(than: named[place]) { named[place] = tool }
            } else {
                places[ExactText(tool.name)] = named.count
                named.append(tool)
            }
        }
        return (named, unnamed)
    }

    private func section(_ tool: ClassifiedTool) -> [String] {
        let about = tool.classification
        let reasons = about.evidence.prefix(3).map(\.summary).joined(separator: ", ")
        let why = about.isKnown ? reasons : "nothing says what it does, so it counts as Execute"
        return [
            "  \(YAMLQuoting.scalar(tool.name)):",
            "    # \(about.label), severity \(about.severity.name): \(why)",
            "    rules:",
        ] + rule(about)
    }

    private func rule(_ about: Classification) -> [String] {
        let category = about.ruleCategory.rawValue
        let name = category.lowercased()
        switch about.suggestedRule {
        case .allow(let most, let window):
            return ["      - name: \(name) rate", "        rate_limit: \(most)/\(window)"]
        case .allowComplete(let most, let window):
            return [
                "      - name: \(name) rate", "        rate_limit: \(most)/\(window)",
                "        validate: {required_args: true}",
            ]
        case .approval where form == .native:
            return ["      - name: a person agrees", "        action: require_approval"]
        case .approval, .deny:
            return [
                "      - name: \(name) tools are off", "        action: deny",
                "        on_deny: \"\(category) tools are denied by this policy\"",
            ]
        }
    }
}
