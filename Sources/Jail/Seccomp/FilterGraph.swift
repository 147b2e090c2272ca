/// A filter as a graph of decisions, before it is laid out as a program.
///
/// Equal nodes are one node: calls with the same rules share them, and a test whose outcomes are
/// equal is no test. Nodes refer to earlier nodes only, so there are no rings.
struct FilterGraph {
    typealias Node = Int

    enum Step: Hashable {
        case answer(UInt32)
        case load(UInt32, then: Node)
        case and(UInt32, then: Node)
        case branch(FilterInstruction.Comparison, value: UInt32, yes: Node, no: Node)
    }

    private(set) var steps: [Step] = []
    private var known: [Step: Node] = [:]

    mutating func answer(_ action: FilterAction) -> Node {
        intern(.answer(action.encoded))
    }

    /// Nothing is loaded for a node that doesn't look at it.
    mutating func load(_ offset: UInt32, then next: Node) -> Node {
        if case .answer = steps[next] { return next }
        return intern(.load(offset, then: next))
    }

    mutating func and(_ mask: UInt32, then next: Node) -> Node {
        if case .answer = steps[next] { return next }
        return mask == .max ? next : intern(.and(mask, then: next))
    }

    mutating func branch(
        _ comparison: FilterInstruction.Comparison, _ value: UInt32, yes: Node, no: Node
    ) -> Node {
        yes == no ? yes : intern(.branch(comparison, value: value, yes: yes, no: no))
    }

    /// What applies from `first` up to the next span's first.
    struct Span {
        let first: UInt32
        let node: Node
    }

    /// A binary search over all 32-bit values; `spans` is sorted and begins at 0.
    mutating func search(_ spans: [Span]) -> Node {
        var merged: [Span] = []
        for span in spans where merged.last?.node != span.node { merged.append(span) }
        return search(merged[...])
    }

    private mutating func search(_ spans: ArraySlice<Span>) -> Node {
        let middle = spans.startIndex + spans.count / 2
        let split = spans[middle]
        guard spans.count > 1 else { return split.node }
        let (before, after) = (spans[middle - 1], spans[spans.endIndex - 1])
        if spans.count == 3, before.node == after.node, split.first + 1 == after.first {
            return branch(.equal, split.first, yes: split.node, no: before.node)
        }
        let no = search(spans[..<middle])
        let yes = search(spans[middle...])
        return branch(.greaterOrEqual, split.first, yes: yes, no: no)
    }

    private mutating func intern(_ step: Step) -> Node {
        if let node = known[step] { return node }
        steps.append(step)
        known[step] = steps.count - 1
        return steps.count - 1
    }
}
