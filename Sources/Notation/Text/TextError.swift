/// A short text, such as a duration, that does not say what it should.
package struct TextError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The text, cut to what a message can show.
    package let text: String
    /// A sentence that begins with the text: "'5' has no unit; write one of …".
    package let description: String

    init(_ text: String, _ complaint: String) {
        let limit = 64
        self.text = text.count > limit ? text.prefix(limit) + "…" : text
        self.description = "'\(self.text)' \(complaint)"
    }
}
