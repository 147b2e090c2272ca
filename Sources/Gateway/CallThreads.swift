// Threads for calls: one each, reused, never more than there may be calls at once.
//
// One thread at a time leads: it reads the input. The call it reads last it carries out itself, so
// that nobody has to be woken for it, and the lead passes to another thread once the call is
// answered, or lasts longer than a millisecond. Waking a thread costs tens of microseconds; a small
// call takes hardly more.
//
// INVARIANT: while there is input to read and calls are running, some thread leads or is about to.
// INVARIANT: at most `most` calls run; a leader is not counted.

package import Kernel
internal import Synchronization

/// Runs pieces of work on threads of its own; a finished thread waits for the next piece.
package final class CallThreads: Sendable {
    /// Calls being worked on at once; more wait in line.
    package static let most = 128
    /// Calls waiting in line; more are refused.
    package static let longestLine = 4096

    /// What one turn of reading gave.
    package enum Reading: Sendable {
        /// Perhaps with a call left for the reading thread itself.
        case more(InHand?)
        case ended
    }

    /// Work that passes the lead on as soon as it can.
    package typealias InHand = @Sendable (HandOver) -> Void

    /// The lead, to be passed on once; later calls do nothing.
    package final class HandOver: Sendable {
        private let pass: Mutex<(@Sendable () -> Void)?>
        init(_ pass: @escaping @Sendable () -> Void) { self.pass = Mutex(pass) }

        package func now() {
            let pass = pass.withLock { $0.take() }
            pass?()
        }
    }

    private struct State {
        var line: [@Sendable () -> Void] = []
        var threads = 0
        var busy = 0
        var isLed = false
        var isDraining = false
        var reader: (@Sendable () -> Reading)?

        var idle: Int { threads - busy - (isLed ? 1 : 0) }
        /// Threads that what there is to do could use now: one for each piece of work that may
        /// run, and one more to lead when nobody does.
        var needed: Int {
            min(line.count, CallThreads.most - busy) + (reader != nil && !isLed ? 1 : 0)
        }
        var mayGrow: Bool { threads < CallThreads.most + (reader == nil ? 0 : 1) }
    }

    private let state = Monitor(State())

    package init() {}

    /// Takes on a piece of work. False: the line is full.
    package func submit(_ work: @escaping @Sendable () -> Void) -> Bool {
        let isTaken = state.updateOne { state in
            guard state.line.count < Self.longestLine else { return false }
            state.line.append(work)
            return true
        }
        return isTaken && staff()
    }

    /// Reads with `reader`, a turn at a time, until it says that the input has ended.
    package func lead(_ reader: @escaping @Sendable () -> Reading) {
        state.update { $0.reader = reader }
        _ = staff()
    }

    /// Whether everything taken on is done, waiting for that until the deadline.
    package func drain(until deadline: Moment) -> Bool {
        state.read { $0.isDraining = true }
        return state.wait(until: deadline) { $0.busy == 0 && $0.line.isEmpty ? true : nil } ?? false
    }

    /// Starts a thread when none is free for what there is to do. False: there is none at all.
    private func staff() -> Bool {
        let isNeeded = state.read { state in
            guard state.mayGrow, state.idle < state.needed else {
                return false
            }
            state.threads += 1
            return true
        }
        guard isNeeded else { return true }
        do { try Threads.start { self.serve() } } catch {
            // The work stays in line for the threads there are; with none it is refused.
            return state.update { state in
                state.threads -= 1
                if state.threads == 0 { state.line = [] }
                return state.threads > 0
            }
        }
        return true
    }

    private enum Turn {
        case work(@Sendable () -> Void)
        case lead(@Sendable () -> Reading)
    }

    private func serve() {
        while true {
            let turn: Turn? = state.wait { state in
                if !state.line.isEmpty, state.busy < Self.most {
                    state.busy += 1
                    return .work(state.line.removeFirst())
                }
                guard let reader = state.reader, !state.isLed else { return nil }
                state.isLed = true
                return .lead(reader)
            }
            switch turn {
            case .work(let work):
                work()
                rest()
            case .lead(let reader): read(with: reader)
            case nil: continue
            }
        }
    }

    /// Leads until a call is in hand, then carries it out.
    private func read(with reader: @Sendable () -> Reading) {
        while true {
            switch reader() {
            case .ended:
                return state.update { state in
                    state.reader = nil
                    state.isLed = false
                }
            case .more(nil): continue
            case .more(.some(let work)):
                let isFree = state.read { state in
                    guard state.busy < Self.most else { return false }
                    state.busy += 1
                    return true
                }
                if isFree {
                    let handOver = HandOver { self.passLead() }
                    work(handOver)
                    handOver.now()
                    return rest()
                }
                // All busy: it waits in line, and reading goes on.
                state.update { $0.line.append { work(HandOver {}) } }
            }
        }
    }

    private func passLead() {
        state.updateOne { $0.isLed = false }
        _ = staff()
    }

    private func rest() {
        let mustTell = state.read { state in
            state.busy -= 1
            return state.isDraining || !state.line.isEmpty
        }
        if mustTell { state.update { _ in } }
    }
}
