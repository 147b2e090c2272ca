// Assembled programs walk the way their graph does.

import Testing

@testable import Jail

@Suite struct FilterAssemblerTests {
    /// Walks the graph itself, without assembling it.
    private func walk(
        _ graph: FilterGraph, from root: FilterGraph.Node, _ attempt: SyscallAttempt
    ) -> UInt32 {
        var (node, accumulator) = (root, UInt32(0))
        while true {
            switch graph.steps[node] {
            case .answer(let action): return action
            case .load(let offset, let next):
                accumulator = attempt.word(at: offset)
                node = next
            case .and(let mask, let next):
                accumulator &= mask
                node = next
            case .branch(let comparison, let value, let yes, let no):
                let holds =
                    switch comparison {
                    case .equal: accumulator == value
                    case .greater: accumulator > value
                    case .greaterOrEqual: accumulator >= value
                    case .anyBit: accumulator & value != 0
                    }
                node = holds ? yes : no
            }
        }
    }

    /// A graph with nodes that point anywhere below them, so that many targets are far away.
    private func randomGraph(
        _ generator: inout SeededGenerator, nodes: Int
    ) -> (FilterGraph, FilterGraph.Node) {
        var graph = FilterGraph()
        let actions: [FilterAction] = [.allow, .kill] + ErrorName.allCases.map { .refuse($0) }
        var made = actions.map { graph.answer($0) }
        while made.count < nodes {
            // A test of fresh data, so that what the accumulator holds never depends on the way.
            let yes = made[Int.random(in: 0..<made.count, using: &generator)]
            let no = made[max(0, made.count - Int.random(in: 1...30, using: &generator))]
            let argument = Int.random(in: 0...5, using: &generator)
            let value = UInt32.random(in: 0...7, using: &generator)
            let comparison: FilterInstruction.Comparison =
                [.equal, .greater, .greaterOrEqual, .anyBit].randomElement(using: &generator)
                ?? .equal
            let test = graph.branch(comparison, value, yes: yes, no: no)
            let masked = graph.and(7, then: test)
            made.append(graph.load(FilterGraph.lowOffset(of: argument), then: masked))
        }
        return (graph, made[made.count - 1])
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func `a program does what its graph does, also over long distances`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let (graph, root) = randomGraph(&generator, nodes: 900)
        let words = FilterAssembler.assemble(graph, from: root)
        let program = try #require(FilterProgram(instructions: words))
        #expect(words.count > 300, "too short to need a jump")
        #expect(words.contains { $0 & 0xffff == 0x05 }, "no target was out of reach")
        let simulator = FilterSimulator(program)
        for _ in 0..<2_000 {
            let attempt = SyscallAttempt(0, (0..<6).map { _ in generator.next() })
            let expected = walk(graph, from: root, attempt)
            // The simulator starts from allow, the loosest answer.
            #expect(simulator.answer(to: attempt) == expected)
        }
    }

    /// Two targets below a chain of about 256 instructions, and a branch above it that needs both.
    private func graphAroundTheReach(
        links: Int, odd: Bool, swapped: Bool
    ) -> (
        FilterGraph, FilterGraph.Node
    ) {
        var graph = FilterGraph()
        let (allow, kill) = (graph.answer(.allow), graph.answer(.kill))
        func test(_ argument: Int, _ value: UInt32, yes: Int, no: Int, mask: UInt32 = .max) -> Int {
            let branch = graph.branch(.equal, value, yes: yes, no: no)
            let masked = graph.and(mask, then: branch)
            return graph.load(FilterGraph.lowOffset(of: argument), then: masked)
        }
        let left = test(1, 1, yes: allow, no: kill)
        let right = test(1, 2, yes: allow, no: kill)
        var chain = test(0, 0, yes: left, no: right)
        for link in 1...links {
            let mask: UInt32 = odd && link == 1 ? 0xffff : .max
            chain = test(0, UInt32(link), yes: kill, no: chain, mask: mask)
        }
        let above =
            swapped
            ? graph.branch(.anyBit, 1 << 31, yes: right, no: left)
            : graph.branch(.anyBit, 1 << 31, yes: left, no: right)
        let root = test(0, 0xffff_fff0, yes: chain, no: above)
        return (graph, root)
    }

    @Test(arguments: [false, true], [false, true])
    func `a branch reaches 255 instructions and no further`(odd: Bool, swapped: Bool) throws {
        var lengths: Set<Int> = []
        for links in 100...140 {
            let (graph, root) = graphAroundTheReach(links: links, odd: odd, swapped: swapped)
            let words = FilterAssembler.assemble(graph, from: root)
            lengths.insert(words.count)
            let simulator = FilterSimulator(try #require(FilterProgram(instructions: words)))
            for first: UInt64 in [0, 1, 1 << 31, 0xffff_fff0, 141] {
                for second: UInt64 in [1, 2, 3] {
                    let attempt = SyscallAttempt(0, [first, second])
                    #expect(simulator.answer(to: attempt) == walk(graph, from: root, attempt))
                }
            }
        }
        #expect(lengths.contains { $0 < 256 } && lengths.contains { $0 > 270 })
    }

    @Test func `equal decisions are laid out once and tests without effect not at all`() {
        var graph = FilterGraph()
        let allow = graph.answer(.allow)
        #expect(graph.answer(.allow) == allow)
        #expect(graph.branch(.equal, 1, yes: allow, no: allow) == allow)
        #expect(graph.load(0, then: allow) == allow)
        let spans: [FilterGraph.Span] = [0, 7, 9].map { .init(first: $0, node: allow) }
        #expect(graph.search(spans) == allow)
    }

    @Test(
        arguments: [
            [], [0], [5], [0, 1, 2, 3], [1, 3, 5, 7, 9], [0xffff_ffff],
            [0, 0xffff_fffe, 0xffff_ffff],
            [0x5401, 0x5413, 0x541b, 0x5421, 0x5450, 0x5451],
        ] as [[UInt32]])
    func `a search finds its values and nothing beside them`(values: [UInt32]) throws {
        var graph = FilterGraph()
        let condition = ArgumentCondition(
            argument: 0, comparison: .low(mask: .max, among: values))
        let rule = ArgumentRule(conditions: [condition], action: .allow)
        let root = graph.decide(.byArguments([rule], otherwise: .kill))
        let words = FilterAssembler.assemble(graph, from: root)
        let simulator = FilterSimulator(try #require(FilterProgram(instructions: words)))
        for value in values + values.map({ $0 &+ 1 }) + values.map({ $0 &- 1 }) {
            let expected: FilterAction = values.contains(value) ? .allow : .kill
            #expect(simulator.answer(to: SyscallAttempt(0, [UInt64(value)])) == expected.encoded)
        }
    }
}
