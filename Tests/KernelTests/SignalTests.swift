// Signals, read from a descriptor and named for people.

import Glibc
import Testing

@testable import Kernel

@Suite struct SignalTests {
    @Test func `a signal waits in its descriptor`() async {
        await #expect(processExitsWith: .success) {
            let signals = try Signal.descriptor(for: [Signal.terminate, Signal.hangup])
            var poller = Poller()
            let index = poller.add(signals.raw, .readable)
            #expect(try !poller.wait(until: .now))
            // To this thread: other threads of a test process block nothing.
            pthread_kill(pthread_self(), Signal.hangup)
            #expect(try poller.wait(until: .now.advanced(byMilliseconds: 10_000)))
            #expect(poller[index] == .readable)
            #expect(try Signal.next(from: signals) == Signal.hangup)
            #expect(try !poller.wait(until: .now))
        }
    }

    @Test func `an ignored signal does nothing until it is restored`() async {
        await #expect(processExitsWith: .success) {
            try Signal.ignore(Signal.terminate)
            try Processes.kill(Processes.ownPid, Signal.terminate)
        }
        await #expect(processExitsWith: .signal(SIGTERM)) {
            try Signal.ignore(Signal.terminate)
            try Signal.restoreDefault(Signal.terminate)
            try Processes.kill(Processes.ownPid, Signal.terminate)
            while true { pause() }
        }
    }

    @Test(
        arguments: [
            (Signal.kill, "SIGKILL"), (Signal.segmentation, "SIGSEGV"),
            (Signal.badSystemCall, "SIGSYS"), (Signal.hangup, "SIGHUP"), (0, "signal 0"),
            (-1, "signal -1"), (34, "signal 34"),
        ] as [(CInt, String)])
    func `signals have the names people know`(signal: CInt, name: String) {
        #expect(Signal.name(signal) == name)
    }
}
