// From a profile to the numbers a slot is started with.

package import Kernel

/// A hard limit by kernel number.
package struct KernelLimit: Hashable, Sendable {
    package let resource: LimitedResource
    package let value: UInt64
}

extension Profile {
    /// Processes of ours that count towards the user's RLIMIT_NPROC in a slot of an ordinary user:
    /// two inits, the zygote, and one of headroom for the number the zygote burns.
    private static let ownProcesses: Int64 = 4

    /// The limits a slot sets once; its workers inherit them. CPU time is set in each worker.
    package func kernelLimits(asRoot: Bool) -> [KernelLimit] {
        let limits = limits
        let processes = limits.processes + (asRoot ? 0 : Self.ownProcesses)
        return [
            (LimitedResource.data, limits.memory), (.addressSpace, limits.addressSpace),
            (.processes, processes), (.openFiles, limits.openFiles),
            (.fileSize, limits.fileSize), (.stack, limits.stack),
            // 1, not 0: a core pattern that is a pipe ignores 0.
            (.coreFile, 1), (.lockedMemory, 0), (.messageQueues, 0), (.pendingSignals, 128),
            (.nice, 0), (.realTimePriority, 0),
        ].map { KernelLimit(resource: $0.0, value: UInt64($0.1)) }
    }

    /// Pages of the zygote's that count as the run's.
    private static let ownBytes: Int64 = 48 << 20

    /// What the memory group of a slot may hold: a run's private memory, its scratch files, and
    /// the zygote's own pages. Private memory meets RLIMIT_DATA first, as a MemoryError.
    package var groupMemoryBytes: Int64 { limits.memory + limits.scratch + Self.ownBytes }

    /// What all processes of a run may hold where nothing but a look now and then bounds them. Its
    /// scratch files are bounded by their quota and are not seen by that look.
    package static func polledMemoryBytes(_ limits: Limits) -> Int64 { limits.memory + ownBytes }

    /// Processes of a slot's pids group: the run's, and ours.
    package var groupProcesses: Int64 { limits.processes + Self.ownProcesses }
}
