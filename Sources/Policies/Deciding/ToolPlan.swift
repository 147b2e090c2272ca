/// What a policy says about a tool that it names.
struct ToolPlan: Sendable {
    let name: String
    var isHidden = false
    /// Sections for exactly this tool, in file order, and those whose glob covers it.
    var exact: [Int] = []
    var globs: [Int] = []

    init(name: String) { self.name = name }
}
