// Threads and the monitors they wait on.

import Testing

@testable import Kernel

@Suite struct ThreadsTests {
    private var soon: Moment { .now.advanced(byMilliseconds: 10_000) }

    @Test func `a thread runs what it is given`() throws {
        let result = Monitor<String?>(nil)
        try Threads.start { result.update { $0 = "ran" } }
        #expect(result.wait(until: soon) { $0 } == "ran")
    }

    @Test func `an update wakes every waiter`() throws {
        let gate = Monitor((open: false, through: 0))
        for _ in 0..<8 {
            try Threads.start {
                _ = gate.wait { $0.open ? true : nil }
                gate.update { $0.through += 1 }
            }
        }
        gate.update { $0.open = true }
        #expect(gate.wait(until: soon) { $0.through == 8 ? true : nil } == true)
    }

    @Test func `a wait ends at its deadline, not before`() {
        let never = Monitor(0)
        let start = Moment.now
        #expect(never.wait(until: start.advanced(byMilliseconds: 30)) { _ in nil as Int? } == nil)
        #expect(Moment.now.nanoseconds(since: start) >= 30_000_000)
    }

    @Test func `a wait whose deadline has passed still looks`() {
        let there = Monitor(5)
        #expect(there.wait(until: Moment(nanoseconds: 0)) { $0 } == 5)
    }

    @Test func `updates from many threads are all counted`() throws {
        let count = Monitor(0)
        for _ in 0..<8 {
            try Threads.start { for _ in 0..<1000 { count.update { $0 += 1 } } }
        }
        #expect(count.wait(until: soon) { $0 == 8000 ? true : nil } == true)
        #expect(count.read { $0 } == 8000)
    }

    @Test func `an update gives back what the change gives`() {
        let state = Monitor(1)
        #expect(
            state.update {
                $0 += 1; return "was \($0 - 1)"
            } == "was 1")
    }

    @Test func `the threads of this process are counted`() async {
        await #expect(processExitsWith: .success) {
            let before = try Threads.count()
            let stop = Monitor(false)
            let running = Monitor(false)
            try Threads.start {
                running.update { $0 = true }
                _ = stop.wait { $0 ? true : nil }
            }
            _ = running.wait { $0 ? true : nil }
            #expect(try Threads.count() == before + 1)
            stop.update { $0 = true }
        }
    }
}
