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
        let bounds = ownBounds(of: counter, in: tests)
        guard let first = bounds.first else {
            refuseUnlessStrict(
                node, "the counter never limits anything: its own rule has no bound on it",
                fix: "put the lte condition on state.\(counter) into this rule")
            return nil
        }
        let most: Int64
        if isNative {
            most = bounds.map(\.most).min() ?? first.most
            for bound in bounds.reversed() { tests.remove(at: bound.place) }
        } else {
            most = first.most
            tests.remove(at: first.place)
            warn(ofLostBounds: bounds, at: node)
        }
        if most < 1 { warn(node, "the bound lets no call through") }
        guard let window, let cost else { return nil }
        return Limit(
            counter, per: window, most: most, cost: cost, scope: counterScope ?? .server)
    }

    /// What one `lt` or `lte` on a rule's own counter lets through.
    private struct Bound {
        let place: Int
        /// The highest sum.
        let most: Int64
        /// Intercept takes one off the whole part of N in `lt N`: 2.5 lets 1 through, not 2.
        let losesOne: Bool
    }

    /// Every `lt` and `lte` on the counter. Our own dialect holds to all of them, as they are
    /// written; Intercept to the first, and cuts fractions.
    private func ownBounds(of counter: CounterName, in tests: [Condition]) -> [Bound] {
        tests.enumerated().compactMap { place, condition in
            guard case .test(let test) = condition, test.path == .state(counter) else { return nil }
            let (json, isBelow): (JSON, Bool)
            switch test.operation {
            case .lte(let value): (json, isBelow) = (value, false)
            case .lt(let value): (json, isBelow) = (value, true)
            default: return nil
            }
            guard let number = DecimalNumber(json) else { return nil }
            // Nothing below zero is ever counted, so one such bound is like another.
            if number.isBelowZero { return Bound(place: place, most: -1, losesOne: false) }
            let losesOne = isBelow && !number.isIntegral && !isNative
            let takesOne = isBelow && (number.isIntegral || !isNative)
            return Bound(
                place: place, most: number.truncated - (takesOne ? 1 : 0), losesOne: losesOne)
        }
    }

    /// Where Intercept's reading, which is kept, lets through more or less than was written.
    private mutating func warn(ofLostBounds bounds: [Bound], at node: YAMLNode) {
        if bounds.first?.losesOne == true {
            warn(
                node, "Intercept cuts the fraction off and takes one more off: a call is lost",
                fix: "write a whole number, or `dialect: sandboa`")
        }
        if bounds.count > 1 {
            warn(
                node,
                "Intercept counts against the first bound alone; the others see the sum "
                    + "before the call", fix: "keep the tightest, or write `dialect: sandboa`")
        }
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
