package import Notation

/// The client of a conversation or of one request, as it describes itself.
package struct Peer: Hashable, Sendable {
    package let capabilities: JSONObject
    /// Name and version in its own words, cut; empty when it gave none. Nobody has checked them.
    package let name: String

    /// Whether a call may be answered with a handle instead of its result.
    package var acceptsTasks: Bool {
        capabilities["extensions"]?[Offer.tasksExtension]?.asObject != nil
    }

    static let infoKey = "io.modelcontextprotocol/clientInfo"
    private static let maxNameCharacters = 100

    init(capabilities: JSONObject, info: JSON?) {
        self.capabilities = capabilities
        let words = ["name", "version"].compactMap { info?[$0]?.asString }
        name = String(words.joined(separator: " ").prefix(Self.maxNameCharacters))
    }
}
