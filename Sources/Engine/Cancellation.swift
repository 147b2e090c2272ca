// A call's way to be stopped from another thread.

import Kernel
import Synchronization

/// Belongs to one call. Once cancelled it stays so; a worker attached later dies at once.
package final class Cancellation: Sendable {
    private struct State {
        var isCancelled = false
        var worker: WorkerHandle?
    }

    private let state = Mutex(State())

    package init() {}

    package var isCancelled: Bool { state.withLock { $0.isCancelled } }

    /// Marks the call and kills its worker. Use `Engine.cancel`, which also wakes one that waits.
    func cancel() {
        state.withLock { state in
            state.isCancelled = true
            state.worker?.kill()
        }
    }

    func attach(_ worker: WorkerHandle) {
        state.withLock { state in
            state.worker = worker
            if state.isCancelled { worker.kill() }
        }
    }

    func detach() { state.withLock { $0.worker = nil } }
}
