// How a ruling of the table becomes decisions. Offsets are those of struct seccomp_data
// {int nr; u32 arch; u64 instruction_pointer; u64 args[6]}, little endian.

extension FilterGraph {
    static let numberOffset: UInt32 = 0
    static let architectureOffset: UInt32 = 4

    static func lowOffset(of argument: Int) -> UInt32 { 16 + 8 * UInt32(argument) }
    static func highOffset(of argument: Int) -> UInt32 { lowOffset(of: argument) + 4 }

    mutating func decide(_ ruling: SyscallRuling) -> Node {
        switch ruling {
        case .always(let action):
            return answer(action)
        case .byArguments(let rules, let otherwise):
            var next = answer(otherwise)
            for rule in rules.reversed() {
                var node = answer(rule.action)
                for condition in rule.conditions.reversed() {
                    node = test(condition, yes: node, no: next)
                }
                next = node
            }
            return next
        }
    }

    private mutating func test(_ condition: ArgumentCondition, yes: Node, no: Node) -> Node {
        let low = Self.lowOffset(of: condition.argument)
        switch condition.comparison {
        case .low(let mask, let values):
            if values == [0] {
                // Common for flags: one instruction instead of a mask and a comparison.
                return load(low, then: branch(.anyBit, mask, yes: no, no: yes))
            }
            return load(low, then: and(mask, then: isAmong(values, yes: yes, no: no)))
        case .whole(let value):
            let lowTest = load(
                low, then: branch(.equal, UInt32(truncatingIfNeeded: value), yes: yes, no: no))
            let high = UInt32(truncatingIfNeeded: value >> 32)
            return load(
                Self.highOffset(of: condition.argument),
                then: branch(.equal, high, yes: lowTest, no: no))
        }
    }

    /// A search over the sorted values, neighbors merged.
    private mutating func isAmong(_ values: [UInt32], yes: Node, no: Node) -> Node {
        if let only = values.first, values.count == 1 {
            return branch(.equal, only, yes: yes, no: no)
        }
        var spans = [Span(first: 0, node: no)]
        for value in values {
            if spans.last?.first == value { spans.removeLast() }
            spans.append(Span(first: value, node: yes))
            if value < .max { spans.append(Span(first: value + 1, node: no)) }
        }
        return search(spans)
    }
}
