// The shipped filters say what the table says, call for call.

import Testing

@testable import Jail

@Suite struct FilterCompilerTests {
    let compiler = FilterCompiler(table: TableFile.table)

    @Test(arguments: TableFile.variants)
    func `filters judge a hundred thousand calls exactly as the table reads`(
        variant: String
    ) throws {
        let naive = NaiveTable(TableFile.json, variant: variant)
        let attempts = SyscallCases.all(of: naive, seed: 20_261_120)
        let stages = try compiler.stages(for: variant)
        let whole = FilterSimulator(try compiler.whole(for: variant))
        let split = FilterSimulator(stages.zygote, stages.worker)
        let swapped = FilterSimulator(stages.worker, stages.zygote)

        #expect(attempts.count >= 100_000)
        var differences: [SyscallAttempt] = []
        var answers: [UInt32: Int] = [:]
        for attempt in attempts {
            let expected = naive.answer(to: attempt)
            answers[expected, default: 0] += 1
            if whole.answer(to: attempt) != expected || split.answer(to: attempt) != expected
                || swapped.answer(to: attempt) != expected
            {
                differences.append(attempt)
            }
        }
        #expect(differences.isEmpty, "\(differences.count): \(differences.prefix(5))")
        // The cases must reach both sides of the rules, or the comparison proves little.
        #expect(answers[FilterAction.allow.encoded, default: 0] > 10_000)
        #expect(answers[FilterAction.refuse(.EPERM).encoded, default: 0] > 10_000)
        #expect(answers[FilterAction.kill.encoded, default: 0] > 1_000)
    }

    @Test(arguments: TableFile.variants)
    func `filters stay short enough to load within the time a run has`(variant: String) throws {
        let whole = try compiler.whole(for: variant)
        let stages = try compiler.stages(for: variant)
        #expect(whole.instructions.count <= 300)
        #expect(whole.longestPath <= 32)
        #expect(stages.zygote.instructions.count <= 280)
        #expect(stages.zygote.longestPath <= 32)
        #expect(stages.worker.instructions.count <= 70)
        #expect(stages.worker.longestPath <= 18)
    }

    @Test(arguments: TableFile.variants)
    func `the zygote's filter allows everything the zygote needs, with any arguments`(
        variant: String
    ) throws {
        let zygote = FilterSimulator(try compiler.stages(for: variant).zygote)
        var generator = SeededGenerator(seed: 7)
        for number in TableFile.table.zygoteNeeds {
            for _ in 0..<100 {
                let arguments = (0..<6).map { _ in generator.next() }
                let attempt = SyscallAttempt(number, arguments)
                #expect(zygote.answer(to: attempt) == FilterAction.allow.encoded)
            }
        }
    }

    @Test(arguments: TableFile.variants)
    func `the worker's filter alone refuses nothing but what the zygote needs`(
        variant: String
    ) throws {
        let worker = FilterSimulator(try compiler.stages(for: variant).worker)
        for number: UInt32 in 0...0x1ff where !TableFile.table.zygoteNeeds.contains(number) {
            #expect(worker.answer(to: SyscallAttempt(number)) == FilterAction.allow.encoded)
        }
        let i386 = SyscallAttempt(20, architecture: 0x4000_0003)
        #expect(worker.answer(to: i386) == FilterAction.kill.encoded)
    }

    @Test func `an unknown variant is refused with the names of those there are`() {
        #expect {
            try compiler.whole(for: "computer")
        } throws: { error in
            "\(error)".contains("computer")
                && TableFile.variants.allSatisfy { "\(error)".contains($0) }
        }
    }
}
