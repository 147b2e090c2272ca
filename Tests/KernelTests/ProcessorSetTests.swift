// Which processors a thread may run on: asked of the kernel, told to it, and taken back.

import Testing

@testable import Kernel

@Suite struct ProcessorSetTests {
    @Test func `a thread runs where it may`() throws {
        let allowed = try ProcessorSet.ofThisThread()
        #expect((0..<8192).contains { allowed.contains($0) })
    }

    @Test(arguments: [0, 7, 8, 63, 64, 1000] as [CInt])
    func `one processor's set has that one only`(processor: CInt) {
        let set = ProcessorSet(processor: processor)
        #expect((0..<1024).filter { set.contains($0) } == [processor])
    }

    @Test func `a confined thread stays until it is let go`() throws {
        let result = Monitor<Result<[ProcessorSet], SystemError>?>(nil)
        try Threads.start {
            let seen = Result { () throws(SystemError) -> [ProcessorSet] in
                let before = try ProcessorSet.ofThisThread()
                let here = try ProcessorSet.here()
                try here.confine(0)
                let confined = try ProcessorSet.ofThisThread()
                try before.confine(0)
                return [before, confined, try ProcessorSet.ofThisThread()]
            }
            result.update { $0 = seen }
        }
        let seen = try #require(result.wait(until: .now.advanced(byMilliseconds: 10_000)) { $0 })
        let sets = try seen.get()
        #expect((0..<8192).count { sets[1].contains($0) } == 1)
        #expect(sets[0] == sets[2])
    }
}
