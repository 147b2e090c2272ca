// Limits: Intercept's shorthand and state blocks, policy.json's quotas, and our own.

internal import Notation

extension PolicyReader {
    /// The limit of a rule, if it has one. What a state block's own bound says is taken out of
    /// `tests`: the limit says it.
    mutating func limit(
        _ fields: Fields, in context: SectionContext, bounding tests: inout [Condition]
    ) -> Limit? {
        let (rate, state, limit) = (fields["rate_limit"], fields["state"], fields["limit"])
        if let limit, rate != nil || state != nil {
            refuse(limit, "a rule has one limit", fix: "make two rules")
        }
        if let rate { return rateLimit(rate, in: context) }
        if let state { return stateLimit(state, in: context, bounding: &tests) }
        return limit.flatMap { nativeLimit($0, in: context) }
    }

    /// Notes a counter; an error when its section has one of that name.
    mutating func declare(_ counter: CounterName, at node: YAMLNode) {
        if let first = counters[counter] {
            refuse(
                node, "the counter \(Self.shown(counter.counter)) is defined already, at \(first)",
                fix: "give each limit of a tool its own counter and window")
        } else {
            counters[counter] = node.position
        }
    }

    // MARK: The shorthand

    private mutating func rateLimit(_ node: YAMLNode, in context: SectionContext) -> Limit? {
        var most: Int64?
        var window: CounterWindow?
        if node.entries != nil, !isStrict {
            guard let fields = fields(node, .rateLimit) else { return nil }
            for key in ["max", "window"] where !fields.has(key) {
                refuseMissing(key, in: fields, fix: "write {max: 10, window: minute}")
            }
            most = integer(fields["max"], 1...Int64.max)
            window = fields["window"].flatMap { self.window($0, counterKind) }
        } else {
            guard let text = text(node) else { return nil }
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            let fix = "write a number and a window, such as 10/minute, 30/hour or 100/day"
            guard parts.count == 2 else {
                refuse(node, "\(Self.shown(text)) is no rate limit", fix: fix)
                return nil
            }
            most = Int64(parts[0]).flatMap { $0 >= 1 ? $0 : nil }
            if most == nil { refuse(node, "the number of calls must be at least 1", fix: fix) }
            window = CounterWindow.named(String(parts[1]), counterKind ?? .calendar)
            if window == nil {
                refuse(node, "unknown window \(Self.shown(String(parts[1])))", fix: fix)
            }
        }
        guard let most, let window else { return nil }
        let counter = CounterName(group: context.group, counter: "_rate_" + window.word)
        declare(counter, at: node)
        noteDottedName(counter, at: node)
        return Limit(counter, per: window, most: most, scope: counterScope ?? .server)
    }

    /// Intercept expands the shorthand to a path that it then splits at the first dot.
    private mutating func noteDottedName(_ counter: CounterName, at node: YAMLNode) {
        guard isStrict, let dot = counter.group.firstIndex(of: ".") else { return }
        let rest = counter.group[counter.group.index(after: dot)...] + "." + counter.counter
        stateReads.append((CounterName(group: String(counter.group[..<dot]), counter: rest), node))
    }

    // MARK: State blocks

    private mutating func stateLimit(
        _ node: YAMLNode, in context: SectionContext, bounding tests: inout [Condition]
    ) -> Limit? {
        guard let fields = fields(node, .state) else { return nil }
        let name = fields["counter"].flatMap { text($0) } ?? ""
        if name.isEmpty { refuseMissing("counter", in: fields, fix: "name the counter") }
        if !fields.has("window") { refuseMissing("window", in: fields, fix: "write window: day") }
        let window = fields["window"].flatMap { self.window($0, counterKind) }
        let cost = cost(fields)
        guard !name.isEmpty else { return nil }
        let counter = CounterName(group: context.group, counter: name)
        declare(counter, at: fields["counter"] ?? node)
        guard let (place, most) = Self.ownBound(of: counter, in: tests) else {
            refuseUnlessStrict(
                node, "the counter never limits anything: its own rule has no bound on it",
                fix: "put the lte condition on state.\(counter) into this rule")
            return nil
        }
        tests.remove(at: place)
        if most < 1 { warn(node, "the bound lets no call through") }
        guard let window, let cost else { return nil }
        return Limit(
            counter, per: window, most: most, cost: cost, scope: counterScope ?? .server)
    }

    /// The first `lt` or `lte` on the counter: where it is, and the highest sum it lets through.
    /// `lt N` takes one off the whole part of N, as Intercept does, so 2.5 lets 1 through.
    private static func ownBound(
        of counter: CounterName, in tests: [Condition]
    ) -> (place: Int, most: Int64)? {
        for (place, condition) in tests.enumerated() {
            guard case .test(let test) = condition, test.path == .state(counter) else { continue }
            switch test.operation {
            case .lte(let json):
                guard let number = DecimalNumber(json) else { continue }
                // Nothing below zero is ever counted, so one such bound is like another.
                return (place, number.isBelowZero ? -1 : number.truncated)
            case .lt(let json):
                guard let number = DecimalNumber(json) else { continue }
                return (place, number.isBelowZero ? -1 : number.truncated - 1)
            default: continue
            }
        }
        return nil
    }

    private mutating func cost(_ fields: Fields) -> Limit.Cost? {
        let fixed = fields["increment"].flatMap { increment($0) }
        guard let node = fields["increment_from"] else {
            return fields.has("increment") ? fixed.map(Limit.Cost.fixed) : .fixed(1)
        }
        if !isStrict, let increment = fields["increment"] {
            refuse(increment, "'increment' and 'increment_from' exclude each other")
        }
        return costPath(node).map(Limit.Cost.argument)
    }

    /// Intercept cuts fractions, takes 0 for 1, and lets negative numbers refund quota. Here
    /// nothing refunds: read strictly, a negative increment costs nothing.
    private mutating func increment(_ node: YAMLNode) -> Int64? {
        guard let json = Self.number(node), let number = DecimalNumber(json),
            number.truncated != Int64.max
        else {
            refuse(node, "expected a whole number, found \(node.kind)")
            return nil
        }
        if !number.isIntegral {
            refuseUnlessStrict(
                node, "an increment is a whole number; Intercept cuts the fraction off",
                fix: "write \(max(1, number.truncated))")
        }
        if number.truncated == 0 { return 1 }
        guard number.isBelowZero else { return number.truncated }
        refuseUnlessStrict(
            node, "a negative increment gives quota back",
            fix: isStrict ? "here it costs nothing and gives nothing back" : "write 1 or more")
        return 0
    }

    private static func number(_ node: YAMLNode) -> JSON? {
        switch node.scalar?.value {
        case .integer(let value): .integer(value)
        case .number(let text): .number(text)
        default: nil
        }
    }

    // MARK: Windows

    /// Longest window, in days.
    private static let maxWindowDays: Int64 = 31

    /// A window by name, as 60, 3600 or 86400 seconds, or in our own dialect as a duration.
    mutating func window(_ node: YAMLNode, _ kind: CounterWindow.Kind?) -> CounterWindow? {
        guard let text = text(node) else { return nil }
        if let window = CounterWindow.named(text, kind ?? .calendar) { return window }
        if !isStrict, let seconds = node.asInteger, [60, 3_600, 86_400].contains(seconds) {
            return CounterWindow(kind ?? .calendar, seconds: seconds)
        }
        if isNative, node.scalar?.value == .string, text.first?.isNumber == true {
            return longWindow(text, kind, at: node)
        }
        let near = nearest(to: text, among: ["minute", "hour", "day"])
        refuse(
            node, "unknown window \(Self.shown(text))",
            fix: near.map { "did you mean '\($0)'?" } ?? "there are minute, hour and day")
        return nil
    }

    private mutating func longWindow(
        _ text: String, _ kind: CounterWindow.Kind?, at node: YAMLNode
    ) -> CounterWindow? {
        guard let milliseconds = measure(node, DurationText.milliseconds) else { return nil }
        let seconds = milliseconds / 1000
        guard milliseconds.isMultiple(of: 1000), seconds <= Self.maxWindowDays * 86_400 else {
            refuse(node, "a window is whole seconds, at most \(Self.maxWindowDays * 24)h")
            return nil
        }
        if [60, 3_600, 86_400].contains(seconds) {
            return CounterWindow(kind ?? .calendar, seconds: seconds)
        }
        if kind == .calendar {
            refuse(node, "calendar windows are a minute, an hour or a day", fix: "use sliding")
        }
        return CounterWindow(.sliding, seconds: seconds)
    }
}

extension CounterWindow {
    /// `minute`, `hour`, `day`, or a duration.
    var word: String {
        switch seconds {
        case 60: "minute"
        case 3_600: "hour"
        case 86_400: "day"
        default: DurationText.text(milliseconds: seconds * 1000)
        }
    }
}
