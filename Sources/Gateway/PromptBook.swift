// Prompts: questions a person can pick, with their own text filled in.

internal import MCP
internal import Notation

/// The prompts of a server.
package struct PromptBook: Sendable {
    /// One prompt and how it is put into words.
    struct Prompt: Sendable {
        let listing: PromptListing
        /// Every required argument is there when this is called.
        let words: @Sendable (_ argument: (String) -> String) -> String
        /// Values worth proposing for an argument, in order.
        var proposals: [String: [String]] = [:]
    }

    private let prompts: [Prompt]

    init(_ prompts: [Prompt]) {
        self.prompts = prompts
    }

    var listings: [PromptListing] { prompts.map(\.listing) }

    /// A prompt in words. Throws when there is none of that name, when an argument it needs is
    /// missing or empty, or when one is not its own.
    func prompt(
        _ name: String, _ arguments: JSONObject
    ) throws(ProtocolFault) -> (listing: PromptListing, messages: [PromptMessage]) {
        let prompt = try find(name)
        for argument in prompt.listing.arguments where argument.isRequired {
            guard let value = arguments[argument.name]?.asString, !value.isEmpty else {
                throw ProtocolFault.badArgument(
                    argument.name, "is missing or empty, and the prompt needs it")
            }
        }
        let own = prompt.listing.arguments.map(\.name)
        if let other = arguments.keys.first(where: { !own.contains($0) }) {
            throw ProtocolFault.badArgument(other, "is not one of this prompt's")
        }
        let words = prompt.words { arguments[$0]?.asString ?? "" }
        return (prompt.listing, [PromptMessage(role: .user, content: .text(words))])
    }

    /// Values that go on from what is typed. Throws when there is no such prompt or argument.
    func complete(
        _ name: String, _ argument: String, prefix: String
    ) throws(ProtocolFault) -> [String] {
        let prompt = try find(name)
        guard prompt.listing.arguments.contains(where: { $0.name == argument }) else {
            throw ProtocolFault.badArgument(argument, "is not one of this prompt's")
        }
        let typed = prefix.lowercased()
        return (prompt.proposals[argument] ?? []).filter { $0.lowercased().hasPrefix(typed) }
    }

    private func find(_ name: String) throws(ProtocolFault) -> Prompt {
        guard let prompt = prompts.first(where: { $0.listing.name == name }) else {
            throw ProtocolFault.unknownPrompt(name, known: prompts.map(\.listing.name))
        }
        return prompt
    }

    /// Foreign text between fences that it can't end: one backtick more than it has in a row.
    static func fenced(_ text: String, as language: String) -> String {
        var longest = 0
        var run = 0
        for byte in text.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: max(3, longest + 1))
        let end = text.hasSuffix("\n") ? "" : "\n"
        return "\(fence)\(language)\n\(text)\(end)\(fence)"
    }
}
