/// A section and where its rules are.
struct CompiledSection: Sendable {
    let target: Section.Target
    let rules: Range<Int>
    /// nil unless the target is a glob.
    let glob: GlobText?

    /// Whether the section's glob covers a tool. What takes too long to say is covered.
    func covers(_ tool: String) -> Bool {
        guard let glob else { return false }
        guard tool.utf8.count <= CompiledPolicy.maxToolNameBytes else { return true }
        return glob.matches(tool) ?? true
    }

    /// Whether under default deny the section lets a tool be called that only its glob names. A
    /// glob for every tool lists none.
    func lists(_ tool: String) -> Bool {
        guard let glob, !glob.matchesAll else { return false }
        return glob.matches(tool) == true
    }
}
