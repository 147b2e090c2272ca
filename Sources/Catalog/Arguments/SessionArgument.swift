// Arguments that name a session or a snapshot.

import Notation

/// A name the caller chose for a session, or an id the house made.
enum SessionArgument {
    /// The session of callers that name none.
    static let preset = "default"
    static let maximumLength = 64

    static func schema(_ description: String, preset: String? = nil) -> JSON {
        var schema: JSONObject = [
            "type": "string", "minLength": 1, "maxLength": .integer(Int64(maximumLength)),
            "description": .string(description),
        ]
        schema["default"] = preset.map { .string($0) }
        return .object(schema)
    }

    /// The id called `name` in the arguments; nil: there is none. Throws when a list that shows it
    /// could be misread.
    static func read(_ name: String, _ arguments: JSONObject) throws(ToolError) -> String? {
        guard let id = arguments[name]?.asString else { return nil }
        guard id == id.printable, id.first != " ", id.last != " " else {
            throw ToolError(
                "\(name): only printable characters, and no blank at either end, please")
        }
        return id
    }

    /// The session that the arguments are about.
    static func session(_ arguments: JSONObject) throws(ToolError) -> String {
        try read("session_id", arguments) ?? preset
    }
}
