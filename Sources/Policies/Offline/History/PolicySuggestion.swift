// The least that lets through what a log shows: listed tools, the arguments they always had, the
// few values some arguments took, and rates a little above the highest seen.
//
// INVARIANT: no value of an argument that sounds like a secret gets into the policy, nor any long
// text.

internal import Notation

/// A policy drawn from past calls. It wants to be read by a person before it is used.
package struct PolicySuggestion: Sendable {
    /// Values an argument may have taken to be listed.
    package static let maxChoices = 6
    /// Longest text that is listed, in bytes.
    package static let maxTextBytes = 64
    /// Calls of a tool before anything is drawn from its arguments.
    package static let minCalls = 4
    /// Arguments of a tool that are looked at.
    package static let maxArguments = 64

    package private(set) var policy: Policy
    /// What was left out, and why.
    package private(set) var notes: [String] = []

    /// `calls`: only those that were let through count.
    package init(from calls: [PastCall], file: String = "suggested.yaml") {
        let allowed = calls.filter { $0.decision.freedom > 0 }
        policy = Policy(file: file, hash: "", dialect: .sandboa)
        policy.fallback = .deny
        policy.about = "Drawn from \(allowed.count) past calls; read it before use"
        var byTool: [ExactText: [PastCall]] = [:]
        for call in allowed { byTool[ExactText(call.tool), default: []].append(call) }
        let tools = byTool.sorted { $0.key.text < $1.key.text }
        for (tool, calls) in tools {
            let isName =
                tool.text.contains { !$0.isWhitespace }
                && !tool.text.utf8.contains { "*?".utf8.contains($0) }
            guard isName else {
                notes.append("'\(tool.text)' can't be listed by its exact name and is left out")
                continue
            }
            policy.sections.append(section(tool.text, calls))
        }
        policy.sections += approvals(for: allowed)
        if calls.count > allowed.count {
            notes.append("\(calls.count - allowed.count) calls that were denied stay denied")
        }
    }

    /// The policy as a file in our own dialect.
    package func text() throws(InvalidPolicy) -> String {
        try PolicyPrinter.text(of: policy, as: .sandboa)
    }

    private var mark: SourceMark { SourceMark(file: policy.file, line: 1, column: 1) }

    private mutating func section(_ tool: String, _ calls: [PastCall]) -> Section {
        var rules: [Rule] = []
        let arguments = calls.compactMap(\.arguments)
        if arguments.count < calls.count {
            notes.append(
                "\(tool): \(calls.count - arguments.count) calls are logged without arguments")
        } else if arguments.count >= Self.minCalls {
            rules += argumentRules(arguments)
        } else {
            notes.append("\(tool): too few calls to draw anything from their arguments")
        }
        return Section(.tool(tool), at: mark, rules: rules + limitRules(tool, calls))
    }

    // MARK: Arguments

    private func argumentRules(_ arguments: [JSONObject]) -> [Rule] {
        var names: [String] = []
        var seen: Set<ExactText> = []
        for object in arguments {
            for key in object.keys where seen.insert(ExactText(key)).inserted { names.append(key) }
        }
        names = Array(names.sorted().prefix(Self.maxArguments))
        let always = names.filter { name in
            arguments.allSatisfy { $0[name] != nil && $0[name] != .null }
        }
        var rules: [Rule] = []
        if !always.isEmpty {
            let tests = always.map { test(path(to: $0), .exists(true)) }
            rules.append(
                rule("always given", .all(tests), "Give \(always.joined(separator: ", "))."))
        }
        for name in names {
            let values = arguments.compactMap { $0[name] }
            guard let condition = choices(of: name, values, isAlways: always.contains(name))
            else { continue }
            rules.append(rule("known \(name)", condition, nil))
        }
        return rules
    }

    /// A list of the values that an argument, or its elements, took; nil: too many, or no use.
    private func choices(of name: String, _ values: [JSON], isAlways: Bool) -> Condition? {
        var path = path(to: name)
        guard !path.isSecret, !values.isEmpty else { return nil }
        var scalars = values
        let lists = values.compactMap(\.asArray)
        if lists.count == values.count {
            // A test of each element fails without one.
            guard lists.allSatisfy({ !$0.isEmpty }) else { return nil }
            scalars = Array(lists.joined())
            path = ArgumentPath(path.steps + [.each], written: path.description + "[*]")
        }
        guard scalars.allSatisfy(Self.isListable) else { return nil }
        let distinct = Set(scalars)
        guard distinct.count <= Self.maxChoices, values.count >= 2 * distinct.count,
            values.count >= Self.minCalls
        else { return nil }
        let list = distinct.sorted { $0.text < $1.text }
        return test(path, .isIn(list), isAlways ? nil : .allow)
    }

    private static func isListable(_ value: JSON) -> Bool {
        switch value {
        case .bool, .integer: true
        case .string(let text): text.utf8.count <= maxTextBytes
        case .null, .number, .array, .object: false
        }
    }

    private func path(to name: String) -> ArgumentPath {
        ArgumentPath(
            [.key(name)], written: ArgumentPath([.key(name)], written: "").nativeText)
    }

    private func test(
        _ path: ArgumentPath, _ operation: Condition.Operation,
        _ onMissing: Condition.Missing? = nil
    ) -> Condition {
        .test(Condition.Test(.argument(path), operation, onMissing: onMissing, at: mark))
    }

    private func rule(_ name: String, _ condition: Condition, _ refusal: String?) -> Rule {
        var rule = Rule(name: name, at: mark, demand: .require(condition))
        rule.refusal = refusal
        return rule
    }

    // MARK: Limits

    /// A limit for each window that the log covers, unless another one holds as much.
    private func limitRules(_ tool: String, _ calls: [PastCall]) -> [Rule] {
        let seconds = calls.map { $0.at.nanoseconds / 1_000_000_000 }
        guard let first = seconds.min(), let last = seconds.max() else { return [] }
        var rules: [Rule] = []
        for word in ["minute", "hour", "day"] {
            guard let window = CounterWindow.named(word) else { continue }
            if let shorter = rules.last?.limit?.window.seconds, last - first < shorter { break }
            var counts: [Int64: Int64] = [:]
            for second in seconds { counts[second / window.seconds, default: 0] += 1 }
            let highest = counts.values.max() ?? 0
            var rule = Rule(name: "at most per \(word)", at: mark)
            let counter = CounterName(group: tool, counter: "_rate_\(word)")
            let limit = Limit(
                counter, per: window, most: Self.room(above: highest), scope: .server)
            rule.limit = limit
            rules.append(rule)
        }
        for (place, rule) in rules.enumerated().reversed() {
            let others = rules.indices.filter { $0 != place }.map { rules[$0].limit }
            let isIdle = rule.limit.map { limit in
                others.contains { $0.map { LimitOrder($0).implies(LimitOrder(limit)) } == true }
            }
            if isIdle == true { rules.remove(at: place) }
        }
        return rules
    }

    /// A quarter more, and at least one.
    private static func room(above highest: Int64) -> Int64 {
        highest + max(1, (highest + 3) / 4)
    }

    // MARK: What can't be undone

    /// A person is asked before what destroys or pays, where the log has such calls.
    private func approvals(for calls: [PastCall]) -> [Section] {
        [Category.destructive, .financial].filter { category in
            calls.contains { $0.category == category }
        }.map { category in
            let rule = Rule(name: "a person agrees", at: mark, demand: .approval(Approval()))
            return Section(.category(category), at: mark, rules: [rule])
        }
    }
}
