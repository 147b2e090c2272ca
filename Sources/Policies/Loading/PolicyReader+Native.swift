// What only our own dialect has: settings, profiles and their limits, approvals, tests.

internal import Notation

extension PolicyReader {
    mutating func readSettings(_ fields: Fields) {
        let mode = choice(fields["mode"], ["enforce", "observe"])
        policy.mode = mode.flatMap(Policy.Mode.init(rawValue:)) ?? .enforce
        guard let node = fields["counters"], let counters = self.fields(node, .counters) else {
            return
        }
        counterScope = scope(counters["scope"])
        counterKind = choice(counters["window"], ["calendar", "sliding"])
            .flatMap(CounterWindow.Kind.init(rawValue:))
    }

    // MARK: Walls

    /// The profile and limits of a whole section, as a rule that demands nothing.
    mutating func wallRules(_ fields: Fields, _ context: SectionContext) -> [Rule] {
        var rule = Rule(name: context.name + "#profile", at: mark(fields.node))
        rule.profile = profile(fields)
        if let node = fields["limits"], node.entries != nil { rule.limits = walls(node) }
        return rule.profile == nil && rule.limits == nil ? [] : [rule]
    }

    /// `sandbox` is another word for `profile`.
    mutating func profile(_ fields: Fields) -> String? {
        if let node = fields["sandbox"], fields.has("profile") {
            refuse(node, "'sandbox' is another word for 'profile'", fix: "keep one of the two")
        }
        guard let node = fields["profile"] ?? fields["sandbox"], let name = name(node) else {
            return nil
        }
        guard name.utf8.allSatisfy(Self.isNameByte) else {
            refuse(node, "\(Self.shown(name)) is no name of a profile", fix: "such as 'compute'")
            return nil
        }
        return name
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        let isLetter = (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
        return isLetter || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x5F
    }

    mutating func walls(_ node: YAMLNode?) -> TightenedLimits? {
        guard let node, let fields = fields(node, .walls) else { return nil }
        var limits = TightenedLimits()
        limits.wallMilliseconds = measure(fields["wall"], DurationText.milliseconds)
        limits.cpuMilliseconds = measure(fields["cpu"], DurationText.milliseconds)
        limits.memoryBytes = measure(fields["memory"], SizeText.bytes)
        limits.outputBytes = measure(fields["output"], SizeText.bytes)
        limits.files = integer(fields["files"], 1...Int64.max)
        limits.processes = integer(fields["processes"], 1...Int64.max)
        if fields.isEmpty { refuse(node, "names no limit") }
        return limits.isEmpty ? nil : limits
    }

    // MARK: Approvals

    /// How long a person may be waited for, in milliseconds: a second to an hour.
    private static let approvalRange: ClosedRange<Int64> = 1_000...3_600_000

    mutating func approval(_ node: YAMLNode?) -> Approval {
        var approval = Approval()
        guard let node, let fields = fields(node, .approval) else { return approval }
        // These say what always holds. They may be written, and say nothing else.
        for (key, only) in [
            ("on_timeout", "deny"), ("on_unsupported", "deny"), ("remember", "none"),
        ] {
            _ = choice(fields[key], [only])
        }
        if let node = fields["timeout"], let time = measure(node, DurationText.milliseconds) {
            if Self.approvalRange.contains(time) {
                approval.timeoutMilliseconds = time
            } else {
                refuse(node, "a person is waited for from 1s to 1h")
            }
        }
        return approval
    }

    // MARK: Tests

    mutating func readTests(_ node: YAMLNode?) {
        var names: Set<String> = [Verdict.hiddenRule, Verdict.defaultDenyRule]
        guard let node else { return }
        for section in policy.sections { names.formUnion(section.rules.map(\.name)) }
        let sorted = names.sorted()
        for element in elements(node) {
            guard let fields = fields(element, .test) else { continue }
            for key in ["tool", "expect"] where !fields.has(key) { refuseMissing(key, in: fields) }
            let rule = text(fields["rule"])
            if let node = fields["rule"], let rule, !names.contains(rule) {
                let near = nearest(to: rule, among: sorted)
                refuse(
                    node, "there is no rule \(Self.shown(rule))",
                    fix: near.map { "did you mean '\($0)'?" })
            }
            let expected = choice(fields["expect"], Verdict.Decision.allCases.map(\.rawValue))
                .flatMap(Verdict.Decision.init(rawValue:))
            guard let call = call(fields), let expected else { continue }
            policy.tests.append(
                PolicyTest(
                    at: mark(element), name: text(fields["name"]), call: call, expected: expected,
                    rule: rule, madeAt: instant(fields["at"])))
        }
    }

    private mutating func instant(_ node: YAMLNode?) -> Instant? {
        guard let node, let text = text(node) else { return nil }
        if let time = RFC3339(text), let instant = Instant(time) { return instant }
        refuse(node, "\(Self.shown(text)) is no time", fix: "such as 2026-01-15T10:00:00Z")
        return nil
    }

    private mutating func call(_ fields: Fields) -> PolicyCall? {
        let tool = name(fields["tool"])
        var arguments: JSONObject? = JSONObject()
        if let node = fields["args"] {
            arguments = json(node)?.asObject
            if node.entries == nil { refuse(node, "expected a map, found \(node.kind)") }
        }
        let grant = text(fields["grant"]) ?? ""
        let session = text(fields["session"]) ?? ""
        var category = Category.execute
        if let node = fields["category"], let word = text(node) {
            if let named = Category(word: word) {
                category = named
            } else {
                refuse(
                    node, "\(Self.shown(word)) is no category",
                    fix: "there are \(Category.words.joined(separator: ", "))")
            }
        }
        guard let tool, let arguments else { return nil }
        return PolicyCall(
            tool: tool, arguments: arguments, category: category, grant: grant, session: session)
    }
}
