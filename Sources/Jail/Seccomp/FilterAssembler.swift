/// Lays a graph of decisions out as a program.
///
/// It writes from the end to the beginning: filters can only jump forward, so when a node is
/// written everything it leads to has its place. A branch reaches 255 instructions; for targets
/// further away a copy of the answer, or a jump to the target, is put within reach.
struct FilterAssembler {
    private let graph: FilterGraph
    /// The program, last instruction first.
    private var reversed: [FilterInstruction] = []
    /// Where a node's nearest copy starts, as an index into `reversed`.
    private var places: [FilterGraph.Node: Int] = [:]

    /// A branch to a neighbor has distance 0.
    private static let reach = Int(UInt8.max)

    /// The packed instructions of the graph, starting at `root`.
    static func assemble(_ graph: FilterGraph, from root: FilterGraph.Node) -> [UInt64] {
        var assembler = FilterAssembler(graph: graph)
        assembler.place(root)
        return assembler.reversed.reversed().map(\.packed)
    }

    private init(graph: FilterGraph) { self.graph = graph }

    private mutating func place(_ node: FilterGraph.Node) {
        guard places[node] == nil else { return }
        let instruction: FilterInstruction
        switch graph.steps[node] {
        case .answer(let action):
            instruction = .answer(action)
        case .load(let offset, let next):
            place(next)
            _ = bring(next, within: 0)
            instruction = .load(offset)
        case .and(let mask, let next):
            place(next)
            _ = bring(next, within: 0)
            instruction = .and(mask)
        case .branch(let comparison, let value, let yes, let no):
            place(yes)
            place(no)
            // Bringing the second near may push the first one instruction further away.
            _ = bring(yes, within: Self.reach - 1)
            let noDistance = bring(no, within: Self.reach)
            let yesDistance = bring(yes, within: Self.reach)
            precondition(yesDistance <= Self.reach, "a trampoline must keep both targets near")
            instruction = .branch(
                comparison, value: value, yes: UInt8(yesDistance), no: UInt8(noDistance))
        }
        reversed.append(instruction)
        places[node] = reversed.count - 1
    }

    /// How many instructions lie between the next one written and `node`, after adding one that
    /// stands in for the node if there were more than `limit`.
    private mutating func bring(_ node: FilterGraph.Node, within limit: Int) -> Int {
        guard let place = places[node] else {
            preconditionFailure("a node is brought near after it was placed")
        }
        let distance = reversed.count - 1 - place
        guard distance > limit else { return distance }
        if case .answer(let action) = graph.steps[node] {
            reversed.append(.answer(action))
        } else {
            reversed.append(.jump(UInt32(distance)))
        }
        places[node] = reversed.count - 1
        return 0
    }
}
