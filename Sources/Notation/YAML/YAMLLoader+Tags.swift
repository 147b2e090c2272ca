// Tags: the core schema's, and no other. A tag is a promise about the content that we check.

extension YAMLLoader {
    private static let corePrefix = "tag:yaml.org,2002:"
    static let sequenceTag = corePrefix + "seq"
    static let mappingTag = corePrefix + "map"

    static func scalar(
        _ text: String, _ style: YAMLScalar.Style, _ event: YAMLEvent
    ) throws(YAMLError) -> YAMLScalar {
        let value: YAMLValue
        if let tag = event.tag {
            guard let tagged = try taggedValue(of: text, tag, at: event.position) else {
                throw YAMLError(
                    reason: .mismatchedTag(short(tag)), position: event.position)
            }
            value = tagged
        } else {
            value = style == .plain ? YAMLValue(plain: text) : .string
        }
        return YAMLScalar(text: text, style: style, value: value)
    }

    /// The value of a scalar under a tag; nil when it is not what the tag promises.
    private static func taggedValue(
        of text: String, _ tag: String, at position: YAMLPosition
    ) throws(YAMLError) -> YAMLValue? {
        let value = YAMLValue(plain: text)
        switch (short(tag), value) {
        case ("!", _), ("!!str", _): return .string
        case ("!!null", .null), ("!!bool", .bool), ("!!int", .integer): return value
        case ("!!int", .number(let digits)):
            return digits.utf8.allSatisfy { $0 == UInt8(ascii: "-") || $0 >= 0x30 && $0 <= 0x39 }
                ? value : nil
        case ("!!float", .integer), ("!!float", .number), ("!!float", .infinity),
            ("!!float", .notANumber):
            return value
        case ("!!null", _), ("!!bool", _), ("!!int", _), ("!!float", _): return nil
        default: throw tagError(tag, at: position)
        }
    }

    /// What to say about a tag that does not fit its node: unknown, or on the wrong kind of node.
    static func tagError(_ tag: String, at position: YAMLPosition) -> YAMLError {
        let core: Set = ["!!str", "!!null", "!!bool", "!!int", "!!float", "!!seq", "!!map"]
        let name = short(tag)
        let reason: YAMLError.Reason = core.contains(name) ? .mismatchedTag(name) : .unknownTag(name)
        return YAMLError(reason: reason, position: position)
    }

    /// A tag as authors write it: `!!int` for `tag:yaml.org,2002:int`.
    private static func short(_ tag: String) -> String {
        tag.hasPrefix(corePrefix) ? "!!" + tag.dropFirst(corePrefix.count) : tag
    }
}
