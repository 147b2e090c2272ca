// Stricter limits for one run of a slot: the worker lowers its own before it looks at the program.

import Jail
import Kernel
import Wire

extension Limits {
    /// Whether the kernel would be told the same: true of almost every run.
    fileprivate func asksKernel(theSameAs other: Limits) -> Bool {
        memory == other.memory && addressSpace == other.addressSpace
            && processes == other.processes && openFiles == other.openFiles
            && fileSize == other.fileSize && stack == other.stack
            && cpuSeconds == other.cpuSeconds
    }
}

extension Profile {
    /// What a worker of this profile has to lower so that `stricter` holds. A limit above the
    /// profile's is left where it is.
    func lowering(to stricter: Limits) -> [Job.Limit] {
        guard !limits.asksKernel(theSameAs: stricter) else { return [] }
        let asRoot = Processes.userIdentifier == 0
        var other = self
        other.limits = stricter
        var lowered = zip(kernelLimits(asRoot: asRoot), other.kernelLimits(asRoot: asRoot))
            .filter { $1.value < $0.value }
            .map { Job.Limit(resource: $1.resource.rawValue, soft: $1.value, hard: $1.value) }
        if stricter.cpuSeconds < limits.cpuSeconds {
            // As for the profile's own: SIGXCPU first, the kernel's kill a second later.
            let seconds = UInt64(max(1, stricter.cpuSeconds))
            lowered.append(
                Job.Limit(
                    resource: LimitedResource.cpuSeconds.rawValue, soft: seconds, hard: seconds + 1)
            )
        }
        return lowered
    }

    /// The same for a call of a session, which has used some CPU time before. The hard limit stays
    /// the session's: what is lowered once can't be raised for the next call, and the other limits
    /// stay lowered for that reason. So SIGXCPU alone says that this call's time is up.
    func lowering(to stricter: Limits, afterMicroseconds spent: Int64) -> [Job.Limit] {
        lowering(to: stricter).filter { $0.resource != LimitedResource.cpuSeconds.rawValue }
            + [
                Job.Limit(
                    resource: LimitedResource.cpuSeconds.rawValue,
                    soft: UInt64(
                        min(
                            limits.cpuSeconds,
                            (spent + 999_999) / 1_000_000 + max(1, stricter.cpuSeconds))),
                    hard: UInt64(limits.cpuSeconds) + 1)
            ]
    }
}
