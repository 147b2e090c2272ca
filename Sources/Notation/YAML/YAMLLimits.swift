/// How much a YAML text may ask of the reader before it is refused.
package struct YAMLLimits: Hashable, Sendable {
    /// The deepest nesting any caller can allow. Loading recurses, and a level costs 5 KiB of
    /// stack in a debug build; a thread's 512 KiB must do.
    package static let deepestDepth = 64

    /// Size of the text, in bytes.
    package var maxBytes: Int
    /// Nesting of sequences and mappings, aliases followed; never more than
    /// `deepestDepth`.
    package var maxDepth: Int { didSet { maxDepth = min(maxDepth, Self.deepestDepth) } }
    /// Nodes written in the text, keys included.
    package var maxNodes: Int
    /// Nodes that aliases and merge keys add. Nine lines of aliases to aliases can spell a
    /// billion nodes.
    package var maxAliasedNodes: Int
    /// Whether a second document is an error; if not, what follows the first is left unread.
    package var refusesSecondDocument: Bool

    package init(
        maxBytes: Int = 1 << 20, maxDepth: Int = 64, maxNodes: Int = 200_000,
        maxAliasedNodes: Int = 20_000, refusesSecondDocument: Bool = true
    ) {
        self.maxBytes = maxBytes
        self.maxDepth = min(maxDepth, Self.deepestDepth)
        self.maxNodes = maxNodes
        self.maxAliasedNodes = maxAliasedNodes
        self.refusesSecondDocument = refusesSecondDocument
    }

    /// 1 MiB, 64 levels, 200,000 nodes written, 20,000 added by aliases.
    package static let standard = YAMLLimits()
}
