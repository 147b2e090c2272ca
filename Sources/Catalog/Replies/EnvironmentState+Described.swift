// An environment as results tell it: in fields, and in a few lines.

import Notation
import Wire

extension EnvironmentState {
    static let schema = ResultSchema.part([
        "name": ResultSchema.text,
        "kind": ["type": "string", "enum": .array(Kind.allCases.map { .string($0.rawValue) })],
        "path": ResultSchema.text,
        "version": ResultSchema.optionalText,
        "fault": ResultSchema.optionalText,
    ])

    var fields: JSON {
        [
            "name": .string(name), "kind": .string(kind.rawValue), "path": .string(path),
            "version": version.map { .string($0) } ?? .null,
            "fault": fault.map { .string($0) } ?? .null,
        ]
    }

    var words: String {
        var lines = [
            "- Name: \(name.printable) (\(kind.rawValue))", "  Path: \(path.printable)",
            "  Version: Python \(version?.printable ?? "unknown")",
        ]
        if let fault { lines.append("  Fault: \(fault.printable)") }
        return lines.joined(separator: "\n")
    }
}
