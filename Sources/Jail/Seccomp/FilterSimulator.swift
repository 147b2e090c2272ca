/// Runs filters as the kernel does, without the kernel.
///
/// Tests judge every number of the table with it, and `sandboa doctor` shows what a filter does.
package struct FilterSimulator: Sendable {
    private let filters: [[FilterInstruction]]

    /// Filters in the order they are loaded.
    package init(_ programs: FilterProgram...) {
        self.init(programs)
    }

    package init(_ programs: [FilterProgram]) {
        filters = programs.map { $0.instructions.compactMap(FilterInstruction.init(packed:)) }
    }

    /// What the kernel would do: the strictest answer, and of equally strict ones that of the
    /// filter loaded last (kernel/seccomp.c, seccomp_run_filters). Encoded as in `FilterAction`.
    package func answer(to attempt: SyscallAttempt) -> UInt32 {
        var strictest = FilterAction.allow.encoded
        for filter in filters.reversed() {
            let answer = Self.run(filter, on: attempt)
            if FilterAction.strictness(of: answer) > FilterAction.strictness(of: strictest) {
                strictest = answer
            }
        }
        return strictest
    }

    private static func run(_ filter: [FilterInstruction], on attempt: SyscallAttempt) -> UInt32 {
        var accumulator: UInt32 = 0
        var index = 0
        // It ends: FilterProgram holds checked programs, and every jump is forward.
        while true {
            let instruction = filter[index]
            index += 1
            switch instruction {
            case .load(let offset): accumulator = attempt.word(at: offset)
            case .and(let mask): accumulator &= mask
            case .jump(let distance): index += Int(distance)
            case .answer(let action): return action
            case .branch(let comparison, let value, let yes, let no):
                index += Int(comparison.holds(accumulator, value) ? yes : no)
            }
        }
    }
}

extension FilterInstruction.Comparison {
    fileprivate func holds(_ left: UInt32, _ right: UInt32) -> Bool {
        switch self {
        case .equal: left == right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        case .anyBit: left & right != 0
        }
    }
}
