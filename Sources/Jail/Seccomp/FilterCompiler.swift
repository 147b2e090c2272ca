/// Turns the system call table into filters.
///
/// A filter checks the architecture, then finds the call's number by binary search over ranges of
/// numbers with equal rulings, then looks at arguments where the ruling does. One comparison per
/// number, one after the other, would mean the same and take several times longer to load.
package struct FilterCompiler: Sendable {
    package let table: SyscallTable

    package init(table: SyscallTable) { self.table = table }

    /// The variant as one filter.
    package func whole(for variant: String) throws(SyscallTableError) -> FilterProgram {
        try compile(table.rulings(for: variant), unlisted: table.defaultAction, variant)
    }

    /// The variant split between zygote and worker.
    package func stages(for variant: String) throws(SyscallTableError) -> FilterStages {
        let rulings = try table.rulings(for: variant)
        let needs = table.zygoteNeeds
        let open = SyscallRuling.always(.allow)
        var (zygote, worker) = (rulings, rulings)
        for number in rulings.keys {
            if needs.contains(number) { zygote[number] = open } else { worker[number] = open }
        }
        return FilterStages(
            zygote: try compile(zygote, unlisted: table.defaultAction, variant),
            worker: try compile(worker, unlisted: .allow, variant))
    }

    private func compile(
        _ rulings: [UInt32: SyscallRuling], unlisted: FilterAction, _ variant: String
    ) throws(SyscallTableError) -> FilterProgram {
        var graph = FilterGraph()
        let foreign = graph.answer(table.foreignAction)
        let spans = spans(of: rulings, unlisted: graph.answer(unlisted), foreign, in: &graph)
        let number = graph.load(FilterGraph.numberOffset, then: graph.search(spans))
        let native = graph.branch(
            .equal, table.architecture.auditNumber, yes: number, no: foreign)
        let root = graph.load(FilterGraph.architectureOffset, then: native)
        let words = FilterAssembler.assemble(graph, from: root)
        guard let program = FilterProgram(instructions: words) else {
            throw SyscallTableError(
                place: [.member("variants"), .member(variant)],
                problem: "compiles to \(words.count) instructions that the kernel would refuse; "
                    + "it takes at most \(FilterProgram.instructionLimit)")
        }
        return program
    }

    /// All numbers from 0 to 2³² - 1, in ranges.
    private func spans(
        of rulings: [UInt32: SyscallRuling], unlisted: FilterGraph.Node,
        _ foreign: FilterGraph.Node, in graph: inout FilterGraph
    ) -> [FilterGraph.Span] {
        var spans: [FilterGraph.Span] = []
        var next: UInt32 = 0
        for (number, ruling) in rulings.sorted(by: { $0.key < $1.key }) {
            if number > next { spans.append(.init(first: next, node: unlisted)) }
            spans.append(.init(first: number, node: graph.decide(ruling)))
            next = number + 1
        }
        spans.append(.init(first: next, node: unlisted))
        spans.append(.init(first: table.architecture.firstForeignNumber, node: foreign))
        return spans
    }
}
