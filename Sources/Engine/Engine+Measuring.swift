// For the benchmark: how to make the next run fork its own worker.

import Kernel
package import Wire

extension Engine {
    /// Ends the parked worker of every idle slot. The slots stay, their walls as they were.
    package func endParkedWorkers(on name: TemplateName) {
        let parked: [Slot] = pool.update { pool in
            let parked = pool.lanes[name]?.idle.filter(\.isParked) ?? []
            pool.lanes[name]?.idle.removeAll(where: \.isParked)
            return parked
        }
        for slot in parked {
            do throws(EngineError) {
                try slot.clear()
                give(slot, name)
            } catch {
                dispose(slot, name)
            }
        }
    }
}
