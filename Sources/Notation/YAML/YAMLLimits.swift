/// How much a YAML text may ask of the reader before it is refused.
package struct YAMLLimits: Hashable, Sendable {
    /// Size of the text, in bytes.
    package var maxBytes: Int
    /// Nesting of sequences and mappings, aliases followed; never more than
    /// `JSONLimits.deepestDepth`, because what reads a node recurses.
    package var maxDepth: Int { didSet { maxDepth = min(maxDepth, JSONLimits.deepestDepth) } }
    /// Nodes written in the text, keys included.
    package var maxNodes: Int
    /// Nodes that aliases and merge keys add. Nine lines of aliases to aliases can spell a
    /// billion nodes.
    package var maxAliasedNodes: Int

    package init(
        maxBytes: Int = 1 << 20, maxDepth: Int = 64, maxNodes: Int = 200_000,
        maxAliasedNodes: Int = 20_000
    ) {
        self.maxBytes = maxBytes
        self.maxDepth = min(maxDepth, JSONLimits.deepestDepth)
        self.maxNodes = maxNodes
        self.maxAliasedNodes = maxAliasedNodes
    }

    /// 1 MiB, 64 levels, 200,000 nodes written, 20,000 added by aliases.
    package static let standard = YAMLLimits()
}
