// Reading YAML: libyaml finds the structure, we give it limits, types and places.

/// The YAML reader.
package enum YAML {
    /// Loads the one document of a text. An empty text is a null.
    ///
    /// Refused beyond the grammar: a second document, duplicate keys, keys that are no scalars,
    /// tags outside the core schema, control characters, and whatever exceeds `limits`. A byte
    /// order mark, CRLF, anchors, aliases, merge keys and flow style are read.
    package static func load(
        _ bytes: [UInt8], limits: YAMLLimits = .standard
    ) throws(YAMLError) -> YAMLNode {
        try check(bytes, limits)
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let start = bytes.starts(with: mark) ? mark.count : 0
        do {
            var loader = YAMLLoader(limits: limits)
            return try loader.document(in: bytes.span.extracting(start...))
        } catch {
            throw explained(error, in: bytes)
        }
    }

    package static func load(
        _ text: String, limits: YAMLLimits = .standard
    ) throws(YAMLError) -> YAMLNode {
        try load(Array(text.utf8), limits: limits)
    }

    private static func check(_ bytes: [UInt8], _ limits: YAMLLimits) throws(YAMLError) {
        guard bytes.count <= limits.maxBytes else {
            let position = YAMLPosition(line: 1, column: 1)
            throw YAMLError(reason: .tooManyBytes(limit: limits.maxBytes), position: position)
        }
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            let position = YAMLPosition(ofByte: error.byteOffsets.lowerBound, in: bytes)
            throw YAMLError(reason: .invalidUTF8, position: position)
        }
        if let offset = bytes.firstIndex(where: isForbidden) {
            let position = YAMLPosition(ofByte: offset, in: bytes)
            throw YAMLError(reason: .controlCharacter(bytes[offset]), position: position)
        }
    }

    /// ASCII control characters that YAML allows nowhere.
    private static func isForbidden(_ byte: UInt8) -> Bool {
        byte == 0x7F || byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D
    }

    /// A grammar error on a line indented with a tab is about the tab; libyaml only says that it
    /// found an unexpected character.
    private static func explained(_ error: YAMLError, in bytes: [UInt8]) -> YAMLError {
        guard case .syntax = error.reason else { return error }
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        guard error.line <= lines.count else { return error }
        let indentation = lines[error.line - 1].prefix { $0 == 0x20 || $0 == 0x09 }
        guard let tab = indentation.firstIndex(of: 0x09) else { return error }
        let column = tab - indentation.startIndex + 1
        return YAMLError(
            reason: .tabIndentation, position: YAMLPosition(line: error.line, column: column))
    }
}
