/// Names the command line completes and checks but doesn't define: tools, walls, environments.
///
/// They come in as values, so the commands need nothing of the engine and no list exists twice.
struct Vocabulary: Sendable {
    /// Which list a name belongs to.
    enum List: String, CaseIterable, Sendable {
        case tools, toolSets, walls, environments, benchRows

        /// One entry of the list, as a sentence names it.
        var noun: String {
            switch self {
            case .tools: "tool"
            case .toolSets: "set of tools"
            case .walls: "wall"
            case .environments: "environment"
            case .benchRows: "row of the benchmark"
            }
        }
    }

    private var lists: [List: [String]]

    /// A list that isn't given is unknown: every well-formed name passes, and none is suggested.
    init(_ lists: [List: [String]] = [:]) {
        self.lists = lists
    }

    /// The names of several lists, in order.
    func names(_ wanted: [List]) -> [String] {
        wanted.flatMap { lists[$0] ?? [] }
    }

    /// Whether every one of the lists is known, so that a name outside them is a mistake.
    func knows(_ wanted: [List]) -> Bool {
        wanted.allSatisfy { lists[$0] != nil }
    }
}
