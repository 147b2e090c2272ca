/// One message of a prompt, ready for a model.
package struct PromptMessage: Hashable, Sendable {
    package enum Role: String, Sendable {
        case user, assistant
    }

    package var role: Role
    package var content: Content

    package init(role: Role, content: Content) {
        self.role = role
        self.content = content
    }
}
