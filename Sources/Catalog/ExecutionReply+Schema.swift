// The structure of every result of a program, as clients are told of it.

import Notation
internal import Wire

extension ExecutionReply {
    static let schema: JSON = [
        "type": "object",
        "properties": [
            "status": [
                "type": "string",
                "enum": .array(Outcome.Status.allCases.map { .string($0.rawValue) }),
                "description": "How the run ended. Everything but ok is an error.",
            ],
            "stdout": ["type": "string"],
            "stderr": ["type": "string"],
            "result": [
                "type": ["string", "null"],
                "description": "repr of the last expression; null when it is None or there is none",
            ],
            "error": [
                "type": ["object", "null"],
                "properties": [
                    "type": ["type": "string"], "message": ["type": "string"],
                    "line": ["type": ["integer", "null"]],
                    "traceback": ["type": ["string", "null"]],
                    "unsatisfied": ["type": "array"],
                    "code": ["type": "string"], "reason": ["type": "string"],
                ],
            ],
            "artifacts": [
                "type": "array",
                "description": "files the run left, as resources that can be read for a while",
                "items": [
                    "type": "object",
                    "properties": [
                        "name": ["type": "string"], "mime": ["type": "string"],
                        "bytes": ["type": "integer"], "uri": ["type": "string"],
                    ],
                    "required": ["name", "mime", "bytes", "uri"],
                ],
            ],
            "tables": [
                "type": "array",
                "description":
                    "data frames that were shown, the index first; both ends of long ones",
                "items": [
                    "type": "object",
                    "properties": [
                        "columns": ["type": "array", "items": ["type": "string"]],
                        "rows": ["type": "array", "items": ["type": "array"]],
                        "total_rows": ["type": "integer"], "total_columns": ["type": "integer"],
                    ],
                    "required": ["columns", "rows", "total_rows", "total_columns"],
                ],
            ],
            "rich": [
                "type": "array",
                "description": "what values told of themselves, besides their repr",
                "items": [
                    "type": "object",
                    "properties": ["mime": ["type": "string"], "text": ["type": "string"]],
                    "required": ["mime", "text"],
                ],
            ],
            "truncated": [
                "type": "object",
                "description": """
                for each stream that was cut: characters shown and in total, and the uri of the \
                resource that has the whole
                """,
            ],
            "usage": [
                "type": "object",
                "properties": [
                    "wall_ms": ["type": "number"], "cpu_ms": ["type": "number"],
                    "peak_bytes": ["type": "integer"], "processes": ["type": "integer"],
                ],
            ],
            "limits": ["type": "object"],
            "session": SessionNote.schema,
            "notes": ["type": "array", "items": ["type": "string"]],
        ],
        // An answer that ran nothing carries only `error`, with a code and a reason.
        "required": ["error"],
    ]
}
