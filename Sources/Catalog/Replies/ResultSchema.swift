// The declared shape of what tools answer that run no program.

import Notation

enum ResultSchema {
    /// An object with these fields when it was done, and with only `error` when it was not: then a
    /// code and a reason, else null.
    static func object(_ fields: JSONObject) -> JSON {
        var properties = fields
        properties["error"] = [
            "type": ["object", "null"],
            "description": "null, or why nothing was done",
            "properties": ["code": text, "reason": text],
        ]
        properties["notes"] = list(of: text)
        return [
            "type": "object", "properties": .object(properties), "required": ["error"],
        ]
    }

    /// An object inside a result; each of its fields is always there.
    static func part(_ fields: JSONObject) -> JSON {
        [
            "type": "object", "properties": .object(fields),
            "required": .array(fields.map { .string($0.key) }),
        ]
    }

    static func list(of items: JSON) -> JSON { ["type": "array", "items": items] }

    static let text: JSON = ["type": "string"]
    static let optionalText: JSON = ["type": ["string", "null"]]
    static let count: JSON = ["type": "integer", "minimum": 0]
    static let optionalCount: JSON = ["type": ["integer", "null"], "minimum": 0]
    static let flag: JSON = ["type": "boolean"]
}
