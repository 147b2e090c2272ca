// Names with characters that look like others, or that nobody sees.
//
// Names match byte for byte, so such a name concerns no tool of that looks: a denial that protects
// nothing, or an allowance for a tool somebody else named to be mistaken.

internal import Notation

extension PolicyCheck {
    mutating func checkLetters() {
        for hidden in policy.hidden {
            checkLetters(of: hidden.tool, at: hidden.mark, key: "hide")
        }
        for section in policy.sections {
            let key = section.key(in: policy.dialect)
            switch section.target {
            case .tool(let name), .glob(let name):
                checkLetters(of: name, at: section.mark, key: key)
            case .category, .everyTool: break
            }
        }
        var names: [(name: String, mark: SourceMark, key: String)] = []
        var titles: [(name: String, mark: SourceMark, key: String)] = []
        eachRule { section, index, rule, _ in
            let key = key(of: section, rule: index)
            names += Self.names(in: rule).map { ($0.name, $0.mark, key) }
            if !rule.hasMadeUpName(in: section) { titles.append((rule.name, rule.mark, key)) }
        }
        for one in names { checkLetters(of: one.name, at: one.mark, key: one.key) }
        for one in titles { checkLetters(ofTitle: one.name, at: one.mark, key: one.key) }
    }

    /// Keys of arguments and names of counters.
    private static func names(in rule: Rule) -> [(name: String, mark: SourceMark)] {
        var names: [(String, SourceMark)] = []
        for test in rule.tests {
            switch test.path {
            case .argument(let path): names += path.keys.map { ($0, test.mark) }
            case .state(let counter): names.append((counter.counter, test.mark))
            case .time: break
            }
        }
        if let limit = rule.limit {
            names.append((limit.counter.counter, rule.mark))
            if case .argument(let path) = limit.cost { names += path.keys.map { ($0, rule.mark) } }
        }
        return names
    }

    private mutating func checkLetters(of name: String, at mark: SourceMark, key: String) {
        let found = DeceptiveScalar.all(in: name)
        guard !found.isEmpty else { return }
        warn(
            at: mark, key: key, Self.sentence(name, found),
            fix: "write '\(DeceptiveScalar.reading(of: name))', if that is meant")
    }

    /// A rule's own name is prose: dashes and foreign letters are at home there.
    private mutating func checkLetters(
        ofTitle name: String, at mark: SourceMark, key: String
    ) {
        let found = DeceptiveScalar.all(in: name).filter {
            $0.kind == .invisible || $0.kind == .bidirectional
        }
        guard !found.isEmpty else { return }
        warn(at: mark, key: key, Self.sentence(name, found), fix: "remove it")
    }

    /// Characters of one name that a warning spells out.
    private static let mostNamed = 3

    private static func sentence(_ name: String, _ found: [DeceptiveScalar]) -> String {
        let named = found.prefix(mostNamed).map {
            "character \($0.position) is \($0.name), which \($0.fault)"
        }
        let more = found.count - named.count
        return "'\(DeceptiveScalar.spelledOut(name))': " + named.joined(separator: "; ")
            + (more > 0 ? "; and \(more) more" : "")
    }
}

extension ArgumentPath {
    /// The members it goes through.
    fileprivate var keys: [String] {
        steps.compactMap { step in
            if case .key(let key) = step { key } else { nil }
        }
    }
}

extension Rule {
    /// Whether the name is its section's with a number: then it says nothing new.
    fileprivate func hasMadeUpName(in section: Section) -> Bool {
        switch section.target {
        case .tool(let tool), .glob(let tool): name.utf8.starts(with: (tool + "#").utf8)
        case .category, .everyTool: false
        }
    }
}
