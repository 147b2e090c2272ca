// From bytes to a tree whose every value knows its line, whichever notation the file is in.

internal import Notation

/// The one document of a policy file.
struct PolicyDocument {
    /// Why the bytes are no document, and where.
    struct Failure: Error {
        let position: YAMLPosition
        let message: String
    }

    let root: YAMLNode
    let isJSON: Bool
    /// Where a second document begins that the strict reading leaves unread.
    var second: YAMLPosition?

    /// JSON text is read by the strict JSON parser: duplicate keys and keys that differ only in
    /// case are refused. Intercept reads it as YAML, so its strict dialect does that, too.
    static func read(_ bytes: [UInt8], for loader: PolicyLoader) throws(Failure) -> Self {
        if loader.isStrict { return try readStrictly(bytes) }
        let mustBeJSON = loader.dialect == .json || loader.file.hasSuffix(".json")
        if mustBeJSON || beginsLikeJSON(bytes) {
            do throws(JSONError) {
                return Self(root: try JSONTree.root(of: bytes), isJSON: true)
            } catch {
                // Otherwise it can be a flow mapping of YAML.
                if mustBeJSON || error.isAboutKeys {
                    let position = YAMLPosition(ofByte: error.offset, in: bytes)
                    throw Failure(position: position, message: "not JSON: \(error.reason)")
                }
            }
        }
        do {
            return Self(root: try YAML.load(bytes), isJSON: false)
        } catch {
            throw Failure(error)
        }
    }

    private static func readStrictly(_ bytes: [UInt8]) throws(Failure) -> Self {
        if let line = foreignVersion(in: bytes) {
            throw Failure(
                position: YAMLPosition(line: line, column: 1),
                message: "Intercept reads only %YAML 1.1; remove the directive")
        }
        let second: YAMLPosition
        do throws(YAMLError) {
            return Self(root: try YAML.load(bytes), isJSON: false)
        } catch {
            guard error.reason == .secondDocument else { throw Failure(error) }
            second = error.position
        }
        do throws(YAMLError) {
            let limits = YAMLLimits(refusesSecondDocument: false)
            return Self(root: try YAML.load(bytes, limits: limits), isJSON: false, second: second)
        } catch {
            throw Failure(error)
        }
    }

    /// The dialect that the file is in, as far as its text tells.
    var dialect: Policy.Dialect {
        if let named = root["dialect"]?.asText.flatMap(Policy.Dialect.init(rawValue:)) {
            return named
        }
        return isJSON && hasShapeOfPolicyJSON ? .json : .intercept
    }

    /// Nothing in it is Intercept's alone, or something is policy.json's alone.
    private var hasShapeOfPolicyJSON: Bool {
        if root["all_tools"] != nil { return true }
        let tools = root["tools"]?.entries ?? []
        let keys = tools.lazy.compactMap { $0.value.entries }.joined().map(\.key)
        let own: Set = ["require", "deny_if", "limits"]
        return keys.contains(where: own.contains) || !keys.contains("rules")
    }

    private static func beginsLikeJSON(_ bytes: [UInt8]) -> Bool {
        let space: Set<UInt8> = [0x09, 0x0A, 0x0D, 0x20]
        return bytes.first { !space.contains($0) } == UInt8(ascii: "{")
    }

    /// The line of a `%YAML` directive ahead of the document that names another version.
    private static func foreignVersion(in bytes: [UInt8]) -> Int? {
        let lines = bytes.split(separator: 0x0A, maxSplits: 64, omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            guard let first = line.first, first != 0x0D, first != UInt8(ascii: "#") else {
                continue
            }
            guard first == UInt8(ascii: "%") else { return nil }
            let words = line.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
            if words.first?.elementsEqual("%YAML".utf8) == true, words.count > 1,
                !words[1].elementsEqual("1.1".utf8)
            {
                return index + 1
            }
        }
        return nil
    }
}

extension PolicyDocument.Failure {
    fileprivate init(_ error: YAMLError) {
        self.init(position: error.position, message: error.reason.description)
    }
}

extension JSONError {
    /// The text is JSON, but one of its objects can be read in two ways.
    fileprivate var isAboutKeys: Bool {
        switch reason {
        case .duplicateKey, .caseVariantKey: true
        default: false
        }
    }
}
