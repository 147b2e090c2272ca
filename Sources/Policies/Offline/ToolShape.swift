internal import Notation

/// What a catalogue says about a tool, as far as policies care.
package struct ToolShape: Hashable, Sendable {
    package var name: String
    /// The tool this one is another name of; nil: none.
    package var handler: String?
    /// JSON types of the arguments, by name; nil: any, or several.
    package var argumentTypes: [String: String?]
    /// Arguments that every call has.
    package var required: [String]
    /// Categories a call may have, by its arguments; empty: any.
    package var categories: [Category]

    package init(
        name: String, argumentTypes: [String: String?] = [:], required: [String] = [],
        handler: String? = nil, categories: [Category] = []
    ) {
        self.name = name
        self.argumentTypes = argumentTypes
        self.required = required
        self.handler = handler
        self.categories = categories
    }

    /// Whether the tool's schema lets a value through as an argument.
    func admits(_ value: JSON, as argument: String) -> Bool {
        guard let word = argumentTypes[argument] ?? nil, let kind = JSONKind(rawValue: word)
        else { return true }
        return kind.includes(value)
    }
}
