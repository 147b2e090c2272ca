/// How much a JSON text may ask of the reader before it is refused.
package struct JSONLimits: Hashable, Sendable {
    /// The deepest nesting any caller can allow. The parser, the writer and the destructor of a
    /// value recurse; 128 levels fit a thread's stack of 512 KiB even in a debug build.
    package static let deepestDepth = 128

    /// Size of the whole text, in bytes.
    package var maxBytes: Int
    /// Arrays and objects open at once; never more than `deepestDepth`.
    package var maxDepth: Int { didSet { maxDepth = min(maxDepth, Self.deepestDepth) } }
    /// Array elements and object members in the whole text.
    package var maxMembers: Int
    /// Refuses an object with keys such as `name` and `Name`. Readers that match keys without
    /// case (Go's among them) would see another message than we judged.
    package var refusesCaseVariants: Bool

    package init(
        maxBytes: Int = 4 << 20, maxDepth: Int = 64, maxMembers: Int = 100_000,
        refusesCaseVariants: Bool = false
    ) {
        self.maxBytes = maxBytes
        self.maxDepth = min(maxDepth, Self.deepestDepth)
        self.maxMembers = maxMembers
        self.refusesCaseVariants = refusesCaseVariants
    }

    /// 4 MiB, 64 levels, 100,000 members, case variants accepted.
    package static let standard = JSONLimits()
}
