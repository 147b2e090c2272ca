// Slots that sessions keep.

import Kernel
import Wire

extension Engine {
    /// A slot that belongs to a session until it is given up; nil: there was none in time, or the
    /// call is cancelled.
    func keepSlot(
        _ name: TemplateName, _ request: RunRequest
    ) throws(EngineError) -> Slot? {
        guard case .slot(let slot) = try acquire(name, request, toKeep: true) else { return nil }
        // The pool makes another one for runs.
        pool.read { $0.lanes[name]?.kept += 1 }
        return slot
    }

    /// Ends a kept slot and everything in it.
    func giveUp(_ slot: Slot, _ name: TemplateName) {
        pool.read { $0.lanes[name]?.kept -= 1 }
        dispose(slot, name)
    }
}
