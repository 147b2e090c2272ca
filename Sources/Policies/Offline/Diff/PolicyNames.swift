internal import Notation

/// Names of tools that between them meet every section of some policies, and none.
struct PolicyNames {
    let names: [String]
    /// Whether every mixture of globs that covers some name has one here.
    let isExhaustive: Bool

    init(of policies: [Policy], tools: [ToolShape]) {
        var names: [String] = tools.map(\.name)
        var globs: [String] = []
        for policy in policies {
            for section in policy.sections {
                switch section.target {
                case .tool(let name): names.append(name)
                case .glob(let text): globs.append(text)
                case .category, .everyTool: break
                }
            }
            names += policy.hidden.map(\.tool)
        }
        var seen: Set<ExactText> = []
        let named = names.filter { seen.insert(ExactText($0)).inserted }
        let patterns = Set(globs).sorted().map(RegexTree.glob)
        // What is excluded here are the names themselves: long lists of them need no machine.
        let search = TextSearch(patterns)
        var others: [String] = []
        for found in search.found {
            var name = found.text
            // Longer names of the same mixture are as good.
            while seen.contains(ExactText(name)) || name.isEmpty, name.utf8.count < 64 {
                name += found.text.hasSuffix("y") ? "x" : "y"
            }
            others.append(name)
        }
        self.names = named + others
        isExhaustive = search.isComplete
    }
}
