// The simulator reads filters as the kernel does.

import Testing

@testable import Jail

@Suite struct FilterSimulatorTests {
    private func filter(_ instructions: FilterInstruction...) throws -> FilterProgram {
        try #require(FilterProgram(instructions: instructions.map(\.packed)))
    }

    private func always(_ action: FilterAction) throws -> FilterProgram {
        try filter(.answer(action.encoded))
    }

    @Test func `of several filters the strictest answer counts, in any order`() throws {
        let (allow, refuse, kill) = (
            try always(.allow), try always(.refuse(.EPERM)), try always(.kill)
        )
        let call = SyscallAttempt(0)
        for programs in [[allow, refuse], [refuse, allow]] {
            #expect(FilterSimulator(programs).answer(to: call) == 0x0005_0001)
        }
        for programs in [[kill, refuse], [refuse, kill], [allow, kill]] {
            #expect(FilterSimulator(programs).answer(to: call) == 0x8000_0000)
        }
    }

    @Test func `of two errors the filter loaded last decides`() throws {
        let (first, second) = (try always(.refuse(.ENOSYS)), try always(.refuse(.EPERM)))
        let call = SyscallAttempt(0)
        #expect(FilterSimulator(first, second).answer(to: call) == 0x0005_0001)
        #expect(FilterSimulator(second, first).answer(to: call) == 0x0005_0026)
    }

    @Test func `no filter allows`() {
        #expect(FilterSimulator([]).answer(to: SyscallAttempt(0)) == 0x7fff_0000)
    }

    @Test func `every word of the call can be read`() throws {
        let call = SyscallAttempt(
            1, [0x1111_1111_2222_2222, 3, 4, 5, 6, 0x7777_7777_8888_8888], architecture: 9,
            instructionPointer: 0xaaaa_aaaa_bbbb_bbbb)
        let words: [UInt32: UInt32] = [
            0: 1, 4: 9, 8: 0xbbbb_bbbb, 12: 0xaaaa_aaaa, 16: 0x2222_2222, 20: 0x1111_1111, 24: 3,
            28: 0, 56: 0x8888_8888, 60: 0x7777_7777,
        ]
        for (offset, value) in words {
            let program = try filter(
                .load(offset), .branch(.equal, value: value, yes: 0, no: 1),
                .answer(FilterAction.allow.encoded), .answer(FilterAction.kill.encoded))
            #expect(FilterSimulator(program).answer(to: call) == FilterAction.allow.encoded)
        }
    }

    @Test(
        arguments: [
            (FilterInstruction.Comparison.equal, UInt32(5), [5], [4, 6]),
            (.greater, 5, [6, 0xffff_ffff], [5, 0]),
            (.greaterOrEqual, 5, [5, 0x8000_0000], [4]),
            (.anyBit, 6, [2, 4, 0xffff_ffff], [0, 1, 8]),
        ] as [(FilterInstruction.Comparison, UInt32, [UInt32], [UInt32])])
    func `comparisons are unsigned, as the kernel's`(
        comparison: FilterInstruction.Comparison, value: UInt32, holds: [UInt32], fails: [UInt32]
    ) throws {
        let kill = FilterAction.kill.encoded
        let allow = FilterAction.allow.encoded
        let program = try filter(
            .load(0), .branch(comparison, value: value, yes: 1, no: 0), .jump(1), .answer(kill),
            .answer(allow))
        let simulator = FilterSimulator(program)
        for number in holds { #expect(simulator.answer(to: SyscallAttempt(number)) == kill) }
        for number in fails { #expect(simulator.answer(to: SyscallAttempt(number)) == allow) }
    }
}
