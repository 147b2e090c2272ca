/// A tool's name with what was found out about it.
package struct ClassifiedTool: Sendable {
    package let name: String
    package let classification: Classification

    package init(name: String, classification: Classification) {
        self.name = name
        self.classification = classification
    }

    /// The name, made safe to show.
    var shownName: String { name.legible(limit: 64) }

    func isMoreSevere(than other: ClassifiedTool) -> Bool {
        classification.ruleCategory > other.classification.ruleCategory
    }
}
