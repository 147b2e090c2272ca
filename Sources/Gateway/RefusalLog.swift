// Messages of clients that became no call: each leaves a record, and a flood of them a count.
//
// INVARIANT: a refusal never waits for its record: a log that can't be written stops none.
// INVARIANT: no byte of a client gets into a record; what was sent is told by a keyed digest.

internal import Kernel
package import MCP

/// Notes what was refused, for one connection or many.
package final class RefusalLog: Sendable {
    private struct State {
        var tally = RefusalTally()
        var hasEnded = false
    }

    private let chronicle: Chronicle
    private let transport: String
    private let state = Monitor(State())

    /// `transport`: as in `Caller`.
    package init(_ chronicle: Chronicle, transport: String) {
        self.chronicle = chronicle
        self.transport = transport
    }

    /// Keeps a record of a fault in a line.
    package func note(_ fault: ProtocolFault, in item: LineSplitter.Item) {
        switch state.read({ $0.tally.take(fault.subject, at: .now) }) {
        case .write: chronicle.refused(fault, in: item, over: transport)
        case .count: return
        case .begin(let due): reportLater(due)
        }
    }

    /// Writes what is only counted so far. Call it when no more messages will come.
    package func end() {
        state.update { $0.hasEnded = true }
        report()
    }

    /// A thread of its own waits for the report's time. Without one the count stays until `end`.
    private func reportLater(_ due: Moment) {
        do throws(SystemError) {
            try Threads.start {
                _ = self.state.wait(until: due) { $0.hasEnded ? true : nil }
                self.report()
            }
        } catch { return }
    }

    private func report() {
        guard let report = state.read({ $0.tally.takeReport() }) else { return }
        chronicle.refused(report, over: transport)
    }
}
