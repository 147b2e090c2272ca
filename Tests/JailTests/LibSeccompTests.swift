import Testing

@testable import Jail

/// The same table, compiled by somebody else.
@Suite struct LibSeccompTests {
    let table = TableFile.table

    /// libseccomp can't mix an unconditional rule with conditional ones, so each fall-through gets
    /// a program of its own: that action is the default, and rules say what differs.
    @Test(arguments: TableFile.variants)
    func `libseccomp's programs give the same answers wherever it can express the table`(
        variant: String
    ) throws {
        let ours = FilterSimulator(try FilterCompiler(table: table).whole(for: variant))
        let rulings = try table.rulings(for: variant)
        let cases = SyscallCases.all(of: NaiveTable(TableFile.json, variant: variant), seed: 3)
        var compared = 0
        for otherwise in [FilterAction.allow] + ErrorName.allCases.map({ .refuse($0) }) {
            var rules: [LibSeccomp.Rule] = []
            var covered: Set<UInt32> = []
            for (number, ruling) in rulings {
                guard let found = expressible(ruling, number, otherwise: otherwise) else {
                    continue
                }
                rules += found
                covered.insert(number)
            }
            guard !rules.isEmpty else { continue }
            let program = try LibSeccomp.program(
                rules, otherwise: otherwise, foreign: .kill, on: .x86_64)
            let theirs = FilterSimulator(program)
            for attempt in cases where covered.contains(attempt.number) {
                #expect(theirs.answer(to: attempt) == ours.answer(to: attempt), "\(attempt)")
                compared += 1
            }
        }
        #expect(compared > 50_000)
    }

    /// The rules of one call, if libseccomp can have them below this default.
    private func expressible(
        _ ruling: SyscallRuling, _ number: UInt32, otherwise: FilterAction
    ) -> [LibSeccomp.Rule]? {
        switch ruling {
        case .always(let action):
            // Unconditional rulings are compared below the table's own default.
            guard otherwise == table.defaultAction, action != otherwise else { return nil }
            return [LibSeccomp.Rule(action, for: number)]
        case .byArguments(let rules, let fallThrough):
            // Its rules have no order, which only matters where actions differ.
            guard fallThrough == otherwise, Set(rules.map(\.action)).count == 1 else { return nil }
            return rules.flatMap { rule in
                alternatives(rule).map { .init(rule.action, for: number, when: $0) }
            }
        }
    }

    /// A rule with lists of values as rules with one value each.
    private func alternatives(_ rule: ArgumentRule) -> [[LibSeccomp.Condition]] {
        rule.conditions.reduce([[]]) { made, condition in
            let choices: [(UInt64, UInt64)] =
                switch condition.comparison {
                case .low(let mask, let values): values.map { (UInt64(mask), UInt64($0)) }
                case .whole(let value): [(.max, value)]
                }
            return made.flatMap { before in
                choices.map { mask, value in
                    before + [.init(argument: condition.argument, mask: mask, value: value)]
                }
            }
        }
    }

    @Test func `names it knows have its numbers, and newer names are unknown to it`() {
        #expect(LibSeccomp.number(of: "read", on: .x86_64) == .known(0))
        #expect(LibSeccomp.number(of: "openat2", on: .x86_64) == .known(437))
        #expect(LibSeccomp.number(of: "no_such_call", on: .x86_64) == .unknown)
        #expect(LibSeccomp.number(of: "socketcall", on: .x86_64) == .elsewhere)
    }

    @Test func `most of the table's names are checked by it`() {
        let known = table.syscalls.filter {
            LibSeccomp.number(of: $0.name, on: .x86_64) == .known($0.number)
        }
        #expect(known.count >= 350)
    }

    @Test func `a rule it can't take is an error and no program`() {
        let same = LibSeccomp.Rule(.kill, for: 1)
        #expect(throws: LibSeccomp.Failure.failed(code: 13)) {
            try LibSeccomp.program([same], otherwise: .kill, foreign: .kill, on: .x86_64)
        }
    }
}
