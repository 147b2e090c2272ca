// Paths: which argument or counter a condition looks at.
//
// Intercept splits `args.a.b` at its dots and knows nothing else. Our own dialect adds
//
//     args.packages[*]      each element, and there must be one
//     args.packages[?]      some element
//     args.packages[0]      one element
//     args.packages.length  how many there are; only as the last step, not as the first
//     time.hour             when the call is made, in UTC; also time.minute, time.weekday
//     args."a.b"            a key with a dot, a bracket or a quote in it, or called `length`:
//                           a JSON string, with its escapes

internal import Notation

extension PolicyReader {
    private static let fixForPath = "paths begin with 'args.' or 'state.'"
    private static let fixForTime =
        "there are time.hour, time.minute and time.weekday, where 1 is Monday"

    /// The path of a condition; nil when it was noted as wrong.
    mutating func path(_ node: YAMLNode, in context: SectionContext) -> Condition.Path? {
        guard let text = pathText(node) else { return nil }
        if text.utf8.starts(with: "state.".utf8) {
            guard let counter = counterName(text, at: node, in: context) else { return nil }
            stateReads.append((counter, node))
            return .state(counter)
        }
        if text.utf8.starts(with: "time.".utf8) { return clockPath(text, at: node) }
        return argumentPath(text, at: node).map(Condition.Path.argument)
    }

    private mutating func clockPath(_ text: String, at node: YAMLNode) -> Condition.Path? {
        guard isNative else {
            refuse(
                node, "\(Self.shown(text)) is no path",
                fix: "conditions on time need `dialect: sandboa` at the top of the file")
            return nil
        }
        let word = String(Substring(text.utf8.dropFirst("time.".utf8.count)))
        guard let field = Condition.ClockField(rawValue: word) else {
            refuse(node, "\(Self.shown(text)) is no part of the time", fix: Self.fixForTime)
            return nil
        }
        return .time(field)
    }

    /// Longest path, in bytes. Looking for the section a counter belongs to goes over all of it
    /// once for each dot.
    private static let maxPathBytes = 512

    private mutating func pathText(_ node: YAMLNode) -> String? {
        guard let text = text(node) else { return nil }
        guard isStrict || text.utf8.count <= Self.maxPathBytes else {
            refuse(node, "a path has at most \(Self.maxPathBytes) bytes")
            return nil
        }
        return text
    }

    /// A path to a number, for the cost of a call.
    mutating func costPath(_ node: YAMLNode) -> ArgumentPath? {
        guard let text = pathText(node), let path = argumentPath(text, at: node) else { return nil }
        guard !path.steps.contains(.each), !path.steps.contains(.some) else {
            refuse(
                node, "a cost is one number, not one of each element",
                fix: "count elements with '.length'")
            return nil
        }
        return path
    }

    private mutating func argumentPath(_ text: String, at node: YAMLNode) -> ArgumentPath? {
        guard text.utf8.starts(with: "args.".utf8) else {
            refuse(node, "\(Self.shown(text)) is no path", fix: Self.fixForPath)
            return nil
        }
        if isNative {
            do throws(PathSyntax.Problem) {
                return ArgumentPath(try PathSyntax.steps(of: text), written: text)
            } catch {
                refuse(node, error.description, fix: "quote keys: args.\"a.b\"")
                return nil
            }
        }
        let keys = text.utf8.dropFirst("args.".utf8.count)
            .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        if keys.contains(where: \.isEmpty) {
            warn(node, "an empty step reads the key \"\"", fix: "remove the extra dot")
        }
        if keys.contains(where: { $0.hasSuffix("]") }) {
            refuseUnlessStrict(
                node, "the brackets are part of the key here, so the path leads nowhere",
                fix: "steps into lists need `dialect: sandboa` at the top of the file")
        }
        return ArgumentPath(keys.map(ArgumentPath.Step.key), written: text)
    }

    // MARK: Counters

    private mutating func counterName(
        _ text: String, at node: YAMLNode, in context: SectionContext
    ) -> CounterName? {
        let rest = text.utf8.dropFirst("state.".utf8.count)
        let name: CounterName?
        if isStrict {
            name = Self.split(rest, at: rest.firstIndex(of: Self.dot))
        } else if isNative, rest.contains(UInt8(ascii: "\"")) {
            name = quotedCounter(text)
        } else {
            name = counterOfKnownGroup(rest, in: context)
        }
        if name == nil {
            let fix = "write state.<tool>.<counter>, or state._global.<counter> for '*'"
            refuse(node, "\(Self.shown(text)) names no counter", fix: fix)
        }
        return name
    }

    private static let dot = UInt8(ascii: ".")

    private static func split(_ text: Substring.UTF8View, at dot: String.Index?) -> CounterName? {
        guard let dot else { return nil }
        let counter = text[text.index(after: dot)...]
        return CounterName(
            group: String(Substring(text[..<dot])), counter: String(Substring(counter)))
    }

    /// Tools and counters may hold dots. The section that the rule stands in wins, then the
    /// longest name that is a section.
    private mutating func counterOfKnownGroup(
        _ text: Substring.UTF8View, in context: SectionContext
    ) -> CounterName? {
        if text.starts(with: (context.group + ".").utf8) {
            let place = text.index(text.startIndex, offsetBy: context.group.utf8.count)
            return Self.split(text, at: place)
        }
        let groups = groups ?? knownGroups()
        self.groups = groups
        let dots = text.indices.filter { text[$0] == Self.dot }
        let place = dots.last { groups.contains(ExactText(String(Substring(text[..<$0])))) }
        return Self.split(text, at: place ?? dots.first)
    }

    private func knownGroups() -> Set<ExactText> {
        var groups: Set = [ExactText(CounterName.everyTool)]
        for entry in tools {
            groups.insert(ExactText(SectionContext.tool(entry.key, isNative: isNative).group))
        }
        for category in Category.allCases where isNative {
            groups.insert(ExactText(SectionContext.category(category).group))
        }
        return groups
    }

    /// Nil also for bad syntax: the caller says what a path to a counter looks like.
    private func quotedCounter(_ text: String) -> CounterName? {
        let steps: [ArgumentPath.Step]
        do throws(PathSyntax.Problem) {
            steps = try PathSyntax.steps(of: text)
        } catch {
            return nil
        }
        guard steps.count == 2, case .key(let group) = steps[0], case .key(let counter) = steps[1]
        else { return nil }
        return CounterName(group: group, counter: counter)
    }

    /// Every counter that is read must be counted somewhere.
    mutating func checkStateReads() {
        let unknown = stateReads.filter { counters[$0.counter] == nil }
        let known = unknown.isEmpty ? [] : counters.keys.map(\.description).sorted()
        for (counter, node) in unknown {
            let near = nearest(to: counter.description, among: known)
            refuse(
                node, "there is no counter \(Self.shown(counter.description))",
                fix: near.map { "did you mean 'state.\($0)'?" }
                    ?? "a counter exists once a rule has a limit on it")
            guard !log.isFull else { return }
        }
    }
}
