// What the kernel says of a parked worker, seen from outside: for `doctor`.

internal import Kernel

extension Engine {
    /// The version of the control groups in use; 0: none are.
    package var groupVersion: Int { groups.version }

    /// Gives the number out here of a worker that is parked meanwhile; nil when none is.
    package func inspectParked<Result>(_ look: (CInt) throws -> Result) rethrows -> Result? {
        // Taken out of the pool while we look, so that nobody gives it a job.
        let slot: Slot? = pool.update { pool in
            guard let index = pool.lanes[.std]?.idle.lastIndex(where: \.isParked) else {
                return nil
            }
            return pool.lanes[.std]?.idle.remove(at: index)
        }
        guard let slot else { return nil }
        defer { give(slot, .std) }
        return try slot.parkedPid.map(look)
    }
}
