// A loaded YAML document: a tree in which every node and key knows its place, so that an error
// about its meaning can name line and column.
//
// INVARIANT: the keys of a mapping are scalars, and no two have the same bytes.
// INVARIANT: aliases and merge keys are resolved; their targets keep the place of the original.

/// One value of a YAML document.
package struct YAMLNode: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        case scalar(YAMLScalar)
        case sequence([YAMLNode])
        case mapping([YAMLEntry])
    }

    package let content: Content
    package let position: YAMLPosition

    package init(_ content: Content, at position: YAMLPosition) {
        self.content = content
        self.position = position
    }

    package var scalar: YAMLScalar? {
        if case .scalar(let scalar) = content { scalar } else { nil }
    }

    package var elements: [YAMLNode]? {
        if case .sequence(let elements) = content { elements } else { nil }
    }

    package var entries: [YAMLEntry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    /// The value of `key`, or nil when this is no mapping or lacks it. Searches in a line: to
    /// visit a large mapping, go through `entries`.
    package subscript(_ key: String) -> YAMLNode? {
        entries?.first { $0.key.hasSameBytes(as: key) }?.value
    }

    package var isNull: Bool { scalar?.value == .null }

    /// The text a text field receives: the spelling of any scalar, nothing for null.
    package var asText: String? {
        guard let scalar else { return nil }
        return scalar.value == .null ? "" : scalar.text
    }

    package var asInteger: Int64? {
        if case .integer(let value) = scalar?.value { value } else { nil }
    }

    /// True and false, and also the YAML 1.1 words (yes, no, on, off, y, n) when written plain:
    /// go-yaml reads those as booleans only where a boolean is asked for.
    package var asBool: Bool? {
        guard let scalar else { return nil }
        if case .bool(let value) = scalar.value { return value }
        return scalar.isQuoted ? nil : YAMLScalar.oldBooleans[scalar.text]
    }

    /// What this is, for a message: "text", "an integer", "a list"…
    package var kind: String {
        switch content {
        case .scalar(let scalar): scalar.value.kind
        case .sequence: "a list"
        case .mapping: "a map"
        }
    }
}

extension YAMLNode {
    /// The same value as JSON: integers exact, fractions with their own digits, timestamps as
    /// their text. Refuses infinities and NaN.
    package func json() throws(YAMLError) -> JSON {
        switch content {
        case .scalar(let scalar):
            guard let value = scalar.value.json(spelled: scalar.text) else {
                throw YAMLError(reason: .notJSON(scalar.text), position: position)
            }
            return value
        case .sequence(let nodes):
            var elements: [JSON] = []
            elements.reserveCapacity(nodes.count)
            for node in nodes { elements.append(try node.json()) }
            return .array(elements)
        case .mapping(let entries):
            var object = JSONObject()
            object.reserveCapacity(entries.count)
            for entry in entries {
                let isNew = object.appendIfNew(entry.key, try entry.value.json())
                precondition(isNew, "a YAML mapping holds the key '\(entry.key)' twice")
            }
            return .object(object)
        }
    }
}
