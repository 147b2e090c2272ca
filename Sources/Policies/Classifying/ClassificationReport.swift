// The answer of the classify command: as JSON, and as a table for people. Whoever prints it adds
// nothing.

package import Notation

/// What was found out about the tools of a server.
package struct ClassificationReport: Sendable {
    package let server: String?
    package let tools: [ClassifiedTool]
    /// The list had more pages than were read.
    package let isPartial: Bool

    package init(server: String? = nil, tools: [ClassifiedTool], isPartial: Bool = false) {
        self.server = server
        self.tools = tools
        self.isPartial = isPartial
    }

    /// Classifies every tool of a list.
    package init(
        _ list: ToolListReading, server: String? = nil, description: String? = nil
    ) {
        let classifier = Classifier(server: server, description: description)
        self.init(
            server: server,
            tools: list.tools.map {
                ClassifiedTool(name: $0.name, classification: classifier.classify($0))
            },
            isPartial: list.isPartial)
    }

    package func suggestedPolicy(_ form: SuggestedPolicy.Form) -> SuggestedPolicy {
        SuggestedPolicy(server: server, tools: tools, form: form)
    }

    package var json: JSON {
        var report: JSONObject = [:]
        if let server { report["server"] = .string(server) }
        report["tools"] = .array(tools.map(Self.json))
        report["counts"] = .object(counts)
        report["partial"] = .bool(isPartial)
        return .object(report)
    }

    /// How many tools each category has; unknown ones count apart.
    private var counts: JSONObject {
        var counts: JSONObject = [:]
        for category in Category.allCases {
            let count = tools.count {
                $0.classification.isKnown && $0.classification.category == category
            }
            counts[category.rawValue] = JSON(count)
        }
        counts["unknown"] = JSON(tools.count { !$0.classification.isKnown })
        return counts
    }

    private static func json(_ tool: ClassifiedTool) -> JSON {
        let about = tool.classification
        return .object([
            "tool": .string(tool.name),
            "category": .string(about.category.rawValue),
            "known": .bool(about.isKnown),
            "risk": .string(about.risk.rawValue),
            "severity": .string(about.severity.name),
            "confidence": JSON(about.confidence),
            "evidence": .array(about.evidence.map(json)),
            "suggested_rule": .string(about.suggestedRule.summary),
        ])
    }

    private static func json(_ evidence: Evidence) -> JSON {
        .object([
            "kind": .string(evidence.kind.rawValue), "text": .string(evidence.text),
            "category": .string(evidence.category.rawValue), "weight": JSON(evidence.weight),
        ])
    }
}
