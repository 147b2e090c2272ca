/// Why a text is not YAML we accept, and where.
package struct YAMLError: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        case tooManyBytes(limit: Int)
        case tooDeep(limit: Int)
        case tooManyNodes(limit: Int)
        case tooManyAliasedNodes(limit: Int)
        case invalidUTF8
        case controlCharacter(UInt8)
        case tabIndentation
        /// What libyaml says about the grammar.
        case syntax(String)
        case secondDocument
        case unknownAnchor(String)
        case unknownTag(String)
        /// The tag of a node promises a kind that its content is not.
        case mismatchedTag(String)
        case duplicateKey(String, first: YAMLPosition)
        case keyNotScalar
        case mergeNotMapping
        /// The value is YAML but has no JSON form: an infinity or NaN.
        case notJSON(String)
        case outOfMemory
    }

    package let reason: Reason
    package let position: YAMLPosition

    package init(reason: Reason, position: YAMLPosition) {
        self.reason = reason
        self.position = position
    }

    package var line: Int { position.line }
    package var column: Int { position.column }
}

extension YAMLError: CustomStringConvertible {
    /// `line:column: sentence`, to be prefixed with the file's name.
    package var description: String { "\(position): \(reason)" }
}

extension YAMLError.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooManyBytes(let limit): "the text is longer than \(limit) bytes; split it"
        case .tooDeep(let limit): "lists and maps nest deeper than \(limit) levels; flatten them"
        case .tooManyNodes(let limit): "there are more than \(limit) values; split the text"
        case .tooManyAliasedNodes(let limit):
            "aliases and merge keys repeat more than \(limit) values; write fewer of them"
        case .invalidUTF8: "the bytes are not UTF-8; save the file as UTF-8"
        case .controlCharacter(let byte):
            "a control character (byte 0x\(Hex.encode([byte]))) stands in the text; remove it"
        case .tabIndentation: "a tab indents this line; YAML is indented with spaces"
        case .syntax(let problem): "not YAML: \(problem)"
        case .secondDocument: "a second document starts here; keep one document per file"
        case .unknownAnchor(let name):
            "no value above is anchored as '&\(name)'; an alias needs one that is complete"
        case .unknownTag(let tag):
            "the tag '\(tag)' is not supported; use !!str, !!int, !!float, !!bool or !!null"
        case .mismatchedTag(let tag): "this value is not what its tag '\(tag)' promises"
        case .duplicateKey(let key, let first):
            "the key '\(key)' is already defined at \(first); keep one"
        case .keyNotScalar: "a key must be plain text, not a list or a map"
        case .mergeNotMapping: "'<<' takes a map, or a list of maps"
        case .notJSON(let text): "'\(text)' is no finite number; write one, or quote the text"
        case .outOfMemory: "no memory left to read the text"
        }
    }
}
