/// One reason to think that a tool is of a category.
package struct Evidence: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case nameVerb = "name verb"
        case nameNoun = "name noun"
        case descriptionVerb = "description verb"
        case descriptionNoun = "description noun"
        case argument = "argument"
        case action = "action value"
        case hint = "hint"
        /// It runs a checker and reports what that found. Lowers a label, never a rule.
        case inspection = "inspection"
        /// It installs packages and says which. Lowers a label, never a rule.
        case accountedInstall = "accounted install"
    }

    package let kind: Kind
    /// The word, argument or value that says so. Foreign text: show it with `legible`.
    package let text: String
    package let category: Category
    /// Of 1,000. Below `deciding` it is shown and lowers nothing, but does not decide alone.
    package let weight: Int

    /// From this weight on a piece of evidence can set the category.
    package static let deciding = 400

    init(_ kind: Kind, _ text: String, _ category: Category, weight: Int) {
        self.kind = kind
        self.text = text
        self.category = category
        self.weight = weight
    }

    /// Such as `name verb "delete"`, on one line.
    package var summary: String { "\(kind.rawValue) \"\(text.legible(limit: 40))\"" }
}
