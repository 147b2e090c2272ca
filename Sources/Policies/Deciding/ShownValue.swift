// How values look in findings: their type, and their content only where it is short and no secret.

internal import Notation

enum ShownValue {
    /// Most characters of a value of a call, and of one of the policy.
    static let mostActual = 60
    static let mostWanted = 200

    /// `text "flask"`, `text of 2048 characters`, `list of 3`, `missing`; a secret's type alone.
    static func text(of reached: ReachedValue, isSecret: Bool) -> String {
        switch reached {
        case .missing, .unreachable: "missing"
        case .tooMuch: "too many values"
        case .value(let value) where isSecret: kind(of: value)
        case .value(let value): text(of: value)
        }
    }

    private static func text(of value: JSON) -> String {
        switch value {
        case .null: return "null"
        case .bool(let isTrue): return "boolean \(isTrue)"
        case .integer(let number): return "number \(number)"
        case .number(let text):
            let count = text.utf8.count
            return count > mostActual ? "number of \(count) digits" : "number \(text)"
        case .string(let text):
            let count = text.unicodeScalars.count
            return count > mostActual ? "text of \(count) characters" : "text \(value.text)"
        case .array(let elements): return "list of \(elements.count)"
        case .object(let object): return "object of \(object.count)"
        }
    }

    private static func kind(of value: JSON) -> String {
        switch value {
        case .null: "null"
        case .bool: "boolean"
        case .integer, .number: "number"
        case .string: "text"
        case .array: "list"
        case .object: "object"
        }
    }

    /// A value of the policy, as JSON.
    static func wanted(_ value: JSON) -> String { cut(value.text, to: mostWanted) }

    /// A name of a call, in quotes.
    static func quoted(_ name: String) -> String { JSON.string(cut(name, to: mostActual)).text }

    static func cut(_ text: String, to most: Int) -> String {
        guard text.unicodeScalars.count > most else { return text }
        return String(text.unicodeScalars.prefix(most)) + "…"
    }
}

extension Condition.Path: CustomStringConvertible {
    package var description: String {
        switch self {
        case .argument(let path): path.description
        case .state(let name): "state.\(name)"
        case .time(let field): "time.\(field.rawValue)"
        }
    }

    var isSecret: Bool {
        if case .argument(let path) = self { path.isSecret } else { false }
    }
}

extension ArgumentPath {
    private static let secretWords = [
        "password", "passwd", "passphrase", "secret", "token", "apikey", "authorization",
        "credential", "privatekey", "accesskey", "cookie", "bearer",
    ]

    /// Whether a key on the way sounds like a secret: `api_key`, `Authorization`, `dbPassword`.
    var isSecret: Bool {
        steps.contains { step in
            guard case .key(let key) = step else { return false }
            let letters = String(
                decoding: key.lowercased().utf8.filter { $0 >= 0x61 && $0 <= 0x7A }, as: UTF8.self)
            return Self.secretWords.contains { Needle($0).occurs(in: letters) }
        }
    }
}
