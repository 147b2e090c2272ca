// Reading members of maps: the right key, the right kind of value.

internal import Notation

extension PolicyReader {
    /// Keys whose null means what their absence means, because Intercept has it so.
    private static let nullable: Set<String> = [
        "value", "default", "description", "on_deny", "rules", "tools",
    ]

    /// The members of a map that the dialect knows, the others noted; nil when it is no map.
    mutating func fields(_ node: YAMLNode, _ shape: MapShape) -> Fields? {
        guard let entries = node.entries else {
            refuse(node, "expected a map, found \(node.kind)")
            return nil
        }
        let known = vocabulary.keys(of: shape)
        var isAllKnown = true
        for entry in entries {
            if !known.contains(entry.key) {
                isAllKnown = false
                noteUnknown(entry, known, shape)
            } else if !isStrict, entry.value.isNull, !Self.nullable.contains(entry.key) {
                let fix = "write one, or remove the key"
                log.refuse(.key(entry.keyPosition), "has no value", fix: fix)
            }
        }
        let read = isAllKnown ? entries : entries.filter { known.contains($0.key) }
        return Fields(node, read, isStrict: isStrict)
    }

    private mutating func noteUnknown(_ entry: YAMLEntry, _ known: [String], _ shape: MapShape) {
        let place = ProblemLog.Place.key(entry.keyPosition)
        let name = Self.shown(entry.key)
        guard !log.isFull else { return log.refuse(place, "unknown key") }
        if isStrict {
            log.warn(
                place, "Intercept does not know the key \(name) and ignores it",
                fix: "remove it, or load the file without `--dialect intercept`")
            return
        }
        log.refuse(place, "unknown key \(name)", fix: fixForUnknown(entry.key, known, shape))
    }

    private mutating func fixForUnknown(
        _ key: String, _ known: [String], _ shape: MapShape
    ) -> String {
        if vocabulary.isNative(key, in: shape) {
            return "it needs `dialect: sandboa` at the top of the file"
        }
        if let near = nearest(to: key, among: known) {
            return "did you mean '\(near)'?"
        }
        return "known here: " + known.joined(separator: ", ")
    }

    /// A text of the file, quoted and cut to what a message can show.
    static func shown(_ text: String) -> String {
        let most = 64
        return "'" + (text.count > most ? text.prefix(most) + "…" : text) + "'"
    }

    // MARK: Kinds of values

    /// The text of any scalar: a policy may say `name: 5`.
    mutating func text(_ node: YAMLNode?) -> String? {
        guard let node else { return nil }
        guard let text = node.asText else {
            refuse(node, "expected text, found \(node.kind)")
            return nil
        }
        return text
    }

    /// Text that is more than white space.
    mutating func name(_ node: YAMLNode?) -> String? {
        guard let node, let text = text(node) else { return nil }
        guard text.contains(where: { !$0.isWhitespace }) else {
            refuse(node, "must not be blank")
            return nil
        }
        return text
    }

    mutating func choice(_ node: YAMLNode?, _ choices: [String]) -> String? {
        guard let node, let text = text(node) else { return nil }
        if choices.contains(text) { return text }
        refuse(
            node, "\(Self.shown(text)) is not one of \(choices.joined(separator: ", "))",
            fix: nearest(to: text, among: choices).map { "did you mean '\($0)'?" })
        return nil
    }

    mutating func flag(_ node: YAMLNode?) -> Bool? {
        guard let node else { return nil }
        guard let value = node.asBool else {
            refuse(node, "expected true or false, found \(node.kind)")
            return nil
        }
        return value
    }

    /// A whole number in a range, written as a number.
    mutating func integer(_ node: YAMLNode?, _ range: ClosedRange<Int64>) -> Int64? {
        guard let node else { return nil }
        guard let value = wholeNumber(node) else {
            refuse(node, "expected a whole number, found \(node.kind)")
            return nil
        }
        guard range.contains(value) else {
            let bound =
                value < range.lowerBound
                ? "at least \(range.lowerBound)" : "at most \(range.upperBound)"
            refuse(node, "must be \(bound), not \(value)")
            return nil
        }
        return value
    }

    func wholeNumber(_ node: YAMLNode) -> Int64? {
        switch node.scalar?.value {
        case .integer(let value): value
        case .number(let text): JSON.number(text).integralValue
        default: nil
        }
    }

    mutating func elements(_ node: YAMLNode?) -> [YAMLNode] {
        guard let node else { return [] }
        guard let elements = node.elements else {
            refuse(node, "expected a list, found \(node.kind)")
            return []
        }
        return elements
    }

    /// Durations and sizes, which have their own texts.
    mutating func measure(
        _ node: YAMLNode?, _ read: (String) throws(TextError) -> Int64
    ) -> Int64? {
        guard let node, let text = text(node) else { return nil }
        do throws(TextError) {
            let value = try read(text)
            if value > 0 { return value }
            refuse(node, "must be more than 0")
        } catch {
            refuse(node, error.description)
        }
        return nil
    }
}
