// Programs that leave us are programs the kernel takes.

import Testing

@testable import Jail

@Suite struct FilterProgramTests {
    /// The kernel's own rules, from net/core/filter.c and kernel/seccomp.c, on the raw words.
    private func kernelAccepts(_ words: [UInt64]) -> Bool {
        guard !words.isEmpty, words.count <= 4096 else { return false }
        for (index, word) in words.enumerated() {
            let code = word & 0xffff
            let (yes, no) = (Int(word >> 16 & 0xff), Int(word >> 24 & 0xff))
            let value = Int(word >> 32)
            switch code {
            case 0x20: guard value % 4 == 0, value < 64 else { return false }
            case 0x54, 0x06: break
            case 0x05: guard value < words.count - index - 1 else { return false }
            case 0x15, 0x25, 0x35, 0x45:
                guard index + yes + 1 < words.count, index + no + 1 < words.count else {
                    return false
                }
            default: return false
            }
        }
        return words[words.count - 1] & 0xffff == 0x06
    }

    @Test(arguments: TableFile.variants)
    func `every filter of the table passes the kernel's checks`(variant: String) throws {
        let compiler = FilterCompiler(table: TableFile.table)
        let stages = try compiler.stages(for: variant)
        for program in [try compiler.whole(for: variant), stages.zygote, stages.worker] {
            #expect(kernelAccepts(program.instructions))
            // Below zero or beyond 4095 the kernel would not deliver an errno as written.
            for word in program.instructions where word & 0xffff == 0x06 {
                let action = UInt32(word >> 32)
                let named = ErrorName.allCases.map { FilterAction.refuse($0).encoded }
                #expect(([0x7fff_0000, 0x8000_0000] + named).contains(action))
            }
        }
    }

    @Test(
        arguments: [
            ("nothing", []),
            ("no answer at the end", [.load(0)]),
            (
                "a branch out of the program",
                [.branch(.equal, value: 1, yes: 0, no: 1), .answer(0)]
            ),
            ("a jump out of the program", [.jump(1), .answer(0)]),
            ("a jump that wraps around", [.jump(.max), .answer(0)]),
            ("a load that is not aligned", [.load(2), .answer(0)]),
            ("a load beyond the data", [.load(64), .answer(0)]),
        ] as [(String, [FilterInstruction])])
    func `a program the kernel would refuse can't be made`(
        why: String, instructions: [FilterInstruction]
    ) {
        let words = instructions.map(\.packed)
        #expect(!kernelAccepts(words), "\(why)")
        #expect(FilterProgram(instructions: words) == nil, "\(why)")
    }

    @Test func `a program longer than the kernel takes can't be made`() {
        let answer = FilterInstruction.answer(0).packed
        let longest = [UInt64](repeating: answer, count: 4096)
        #expect(FilterProgram(instructions: longest) != nil)
        #expect(FilterProgram(instructions: longest + [answer]) == nil)
    }

    @Test func `instructions of other kinds are refused`() {
        let answer = FilterInstruction.answer(0).packed
        for code: UInt64 in [0x04, 0x16, 0x28, 0x30, 0x61, 0x80, 0x87, 0xffff] {
            #expect(FilterProgram(instructions: [code, answer]) == nil)
        }
    }

    @Test func `bytes are struct sock_filter in little endian and read back the same`() throws {
        let program = try #require(
            FilterProgram(instructions: [
                FilterInstruction.branch(.greaterOrEqual, value: 0x1234_5678, yes: 0, no: 1).packed,
                FilterInstruction.answer(0x7fff_0000).packed,
                FilterInstruction.answer(0x8000_0000).packed,
            ]))
        #expect(Array(program.bytes.prefix(8)) == [0x35, 0, 0, 1, 0x78, 0x56, 0x34, 0x12])
        #expect(Array(program.bytes.suffix(8)) == [0x06, 0, 0, 0, 0, 0, 0, 0x80])
        #expect(FilterProgram(bytes: program.bytes) == program)
        #expect(FilterProgram(bytes: Array(program.bytes.dropLast())) == nil)
        #expect(program.longestPath == 2)
    }
}
