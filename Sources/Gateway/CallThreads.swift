// Threads for calls: one each, reused, never more than there may be calls at once.

package import Kernel

/// Runs pieces of work on threads of its own; a finished thread waits for the next piece.
package final class CallThreads: Sendable {
    /// Calls being worked on at once; more wait in line.
    package static let most = 128
    /// Calls waiting in line; more are refused.
    package static let longestLine = 4096

    private struct State {
        var line: [@Sendable () -> Void] = []
        var idle = 0
        var threads = 0
        var busy = 0
    }

    private let state = Monitor(State())

    package init() {}

    /// Takes on a piece of work. False: the line is full.
    package func submit(_ work: @escaping @Sendable () -> Void) -> Bool {
        enum Next { case queued, full, needsThread }
        let next: Next = state.update { state in
            guard state.line.count < Self.longestLine else { return .full }
            state.line.append(work)
            guard state.idle < state.line.count, state.threads < Self.most else { return .queued }
            state.threads += 1
            return .needsThread
        }
        switch next {
        case .full: return false
        case .queued: return true
        case .needsThread:
            do { try Threads.start { self.serve() } } catch {
                // The work stays in line for the threads there are; with none it is refused.
                return state.update { state in
                    state.threads -= 1
                    if state.threads == 0 { state.line.removeLast() }
                    return state.threads > 0
                }
            }
            return true
        }
    }

    /// Whether everything taken on is done, waiting for that until the deadline.
    package func drain(until deadline: Moment) -> Bool {
        state.wait(until: deadline) { $0.busy == 0 && $0.line.isEmpty ? true : nil } ?? false
    }

    private func serve() {
        while true {
            let work = state.wait { state -> (@Sendable () -> Void)? in
                if state.line.isEmpty {
                    return nil
                }
                state.busy += 1
                return state.line.removeFirst()
            }
            guard let work else { continue }
            work()
            state.update { $0.busy -= 1 }
        }
    }
}
