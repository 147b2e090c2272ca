// Threads for calls: as many as needed, never more than there may be, and reused.

import Kernel
import Testing

@testable import Gateway

@Suite struct CallThreadsTests {
    private static var soon: Moment { .now.advanced(byMilliseconds: 20_000) }

    @Test func `everything that is taken on is done`() {
        let threads = CallThreads()
        let done = Monitor(0)
        for _ in 0..<1000 { #expect(threads.submit { done.update { $0 += 1 } }) }
        #expect(threads.drain(until: Self.soon))
        #expect(done.read { $0 } == 1000)
    }

    @Test func `pieces of work run beside each other, up to the limit`() {
        let threads = CallThreads()
        let state = Monitor((running: 0, peak: 0, open: false))
        for _ in 0..<CallThreads.most + 50 {
            _ = threads.submit {
                state.update {
                    $0.running += 1; $0.peak = max($0.peak, $0.running)
                }
                _ = state.wait(until: Self.soon) { $0.open ? true : nil }
                state.update { $0.running -= 1 }
            }
        }
        let full = state.wait(until: Self.soon) { $0.running == CallThreads.most ? true : nil }
        #expect(full == true)
        #expect(!threads.drain(until: .now))
        state.update { $0.open = true }
        #expect(threads.drain(until: Self.soon))
        #expect(state.read { $0.peak } == CallThreads.most)
    }

    @Test(arguments: 0..<100)
    func `reading goes on while every call of a burst is running`(round: Int) {
        let threads = CallThreads()
        let state = Monitor((turns: 0, open: false))
        let wait: @Sendable () -> Void = {
            _ = state.wait(until: Self.soon) { $0.open ? true : nil }
        }
        threads.lead {
            let turn = state.update {
                $0.turns += 1
                return $0.turns
            }
            guard turn == 1 else { return .ended }
            for _ in 0..<round % 4 { _ = threads.submit(wait) }
            return .more { handOver in
                handOver.now()
                wait()
            }
        }
        let goesOn = state.wait(until: .now.advanced(byMilliseconds: 5_000)) {
            $0.turns > 1 ? true : nil
        }
        #expect(goesOn == true, "nobody reads while \(round % 4 + 1) calls run")
        state.update { $0.open = true }
        #expect(threads.drain(until: Self.soon))
    }

    @Test func `a line that is full takes no more`() {
        let threads = CallThreads()
        let gate = Monitor(false)
        var taken = 0
        while taken < CallThreads.most + CallThreads.longestLine + 1,
            threads.submit({ _ = gate.wait(until: Self.soon) { $0 ? true : nil } })
        { taken += 1 }
        #expect(taken <= CallThreads.most + CallThreads.longestLine)
        #expect(taken >= CallThreads.longestLine)
        gate.update { $0 = true }
        #expect(threads.drain(until: Self.soon))
        #expect(threads.submit {})
    }
}
