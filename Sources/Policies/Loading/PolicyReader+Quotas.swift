// Limits that name their counter, bound and scope: policy.json's `limits`, and our `limit`.

internal import Notation

extension PolicyReader {
    private static let scopes = CounterScope.allCases.map(\.rawValue) + ["global"]

    /// The rules of a `limits` list.
    mutating func quotas(_ node: YAMLNode, _ context: SectionContext) -> [Rule] {
        elements(node).compactMap { element in
            guard let fields = fields(element, .quota),
                let limit = quota(fields, in: context, scope: .grant)
            else { return nil }
            let name = context.pointer + "/limits" / limit.counter.counter
            var rule = Rule(name: name, at: mark(element))
            rule.refusal = told(fields["on_deny"]) ?? Self.refusal(of: limit)
            rule.limit = limit
            return rule
        }
    }

    /// The `limit` of a rule in our own dialect.
    mutating func nativeLimit(_ node: YAMLNode, in context: SectionContext) -> Limit? {
        guard let fields = fields(node, .limit) else { return nil }
        return quota(fields, in: context, scope: .server)
    }

    private mutating func quota(
        _ fields: Fields, in context: SectionContext, scope fallback: CounterScope
    ) -> Limit? {
        for key in ["counter", "window", "max"] where !fields.has(key) {
            refuseMissing(key, in: fields)
        }
        let name = name(fields["counter"])
        let kind = choice(fields["kind"], ["calendar", "sliding"])
            .flatMap(CounterWindow.Kind.init(rawValue:))
        let window = fields["window"].flatMap { self.window($0, kind ?? counterKind) }
        let most = most(fields["max"])
        let scope = scope(fields["scope"]) ?? counterScope ?? fallback
        let cost = cost(fields)
        let charge = choice(fields["charge"], ["attempt", "success"])
            .flatMap(Limit.Charge.init(rawValue:))
        guard let name else { return nil }
        let counter = CounterName(group: context.group, counter: name)
        declare(counter, at: fields["counter"] ?? fields.node)
        guard let window, let most, let cost else { return nil }
        return Limit(
            counter, per: window, most: most, cost: cost, scope: scope, charge: charge ?? .attempt)
    }

    private mutating func most(_ node: YAMLNode?) -> Int64? {
        guard let node else { return nil }
        if wholeNumber(node) == 0 {
            refuse(node, "a limit of 0 lets no call through", fix: "deny or hide the tool instead")
            return nil
        }
        return integer(node, 1...Int64.max)
    }

    /// `global` is another word for the server.
    mutating func scope(_ node: YAMLNode?) -> CounterScope? {
        guard let word = choice(node, Self.scopes) else { return nil }
        return word == "global" ? .server : CounterScope(rawValue: word)
    }

    /// `cost` is a whole number or a path; `increment_from` a path.
    private mutating func cost(_ fields: Fields) -> Limit.Cost? {
        if let node = fields["increment_from"] {
            if let cost = fields["cost"] {
                refuse(cost, "'cost' and 'increment_from' exclude each other")
            }
            return costPath(node).map(Limit.Cost.argument)
        }
        guard let node = fields["cost"] else { return .fixed(1) }
        guard node.scalar?.value == .string else {
            return integer(node, 1...Int64.max).map(Limit.Cost.fixed)
        }
        return costPath(node).map(Limit.Cost.argument)
    }

    // MARK: What a caller is told

    /// The bound, the window, and when to come back.
    static func refusal(of limit: Limit) -> String {
        let word = limit.window.word
        let per = word.first?.isNumber == true ? "in \(word)" : "per \(word)"
        let bound =
            switch limit.cost {
            case .fixed(1): limit.most == 1 ? "1 call" : "\(limit.most) calls"
            case .fixed(let amount): "\(limit.most) (a call counts \(amount))"
            case .argument(let path): "\(limit.most) (a call counts its \(path))"
            }
        let next =
            switch (limit.window.kind, word) {
            case (.sliding, _): "Wait until earlier calls are longer ago than that"
            case (.calendar, "day"): "Wait until midnight UTC"
            case (.calendar, _): "Wait for the next full \(word)"
            }
        return "Rate limit: at most \(bound) \(per). \(next), then try again."
    }
}
