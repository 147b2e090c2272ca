// How the text of a program's reply is laid out: each upstream's way.

import Notation

extension ExecutionReply {
    /// What stands before each part of the text.
    package struct Layout: Sendable {
        var heading: String?
        var failure = ""
        var output = ""
        var result = "__RESULT__:\n"
        var errors = "__STDERR__:\n"
        /// Said when a program that came to its end gave nothing; nil: nothing is.
        var nothing: String?
        var separator = "\n"

        /// Output bare, markers before the rest.
        static let markers = Layout()

        /// A heading, then a section for each part.
        static func sections(_ heading: String) -> Layout {
            Layout(
                heading: heading, failure: "Error:\n", output: "Output:\n", result: "Result:\n",
                errors: "Stderr:\n", nothing: "(no output)", separator: "\n\n")
        }
    }
}

extension SessionNote {
    static let schema: JSON = .object([
        "type": "object",
        "description": "the session the program ran in; absent when there was none",
        "properties": [
            "id": ResultSchema.text, "new": ResultSchema.flag,
            "lost": ResultSchema.optionalText, "ended": ResultSchema.optionalText,
            "calls": ResultSchema.count,
        ],
        "required": ["id", "new", "lost", "ended", "calls"],
    ])

    var fields: JSON {
        [
            "id": .string(id), "new": .bool(isNew), "lost": lost.map { .string($0) } ?? .null,
            "ended": ended.map { .string($0) } ?? .null, "calls": .integer(Int64(calls)),
        ]
    }

    /// What a caller has to know of the session besides its name.
    var warnings: [String] {
        var warnings: [String] = []
        if let lost {
            warnings.append(
                "the session '\(id.printable)' that was here before is gone: \(lost). This one "
                    + "began empty")
        }
        if let ended {
            warnings.append(
                "the session '\(id.printable)' ended with this call: \(ended). Its variables are "
                    + "gone; the next call under this name begins anew")
        }
        return warnings
    }
}
