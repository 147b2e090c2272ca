// Which processors a thread may run on.

internal import CKernel

/// A set of processors, as the kernel writes it: a bit each.
package struct ProcessorSet: Hashable, Sendable {
    private var mask: [UInt8]

    /// Enough for 8,192 processors, the most that Linux can be built for.
    private static let capacity = 1024

    /// One processor, by its number from 0.
    package init(processor: CInt) {
        mask = [UInt8](repeating: 0, count: Int(processor) / 8 + 1)
        mask[Int(processor) / 8] = 1 << UInt8(processor % 8)
    }

    /// Where the calling thread runs at the moment: it may be elsewhere when this returns.
    package static func here() throws(SystemError) -> ProcessorSet {
        ProcessorSet(processor: try check(sbx_processor_here(), "getcpu"))
    }

    /// Where the calling thread may run.
    package static func ofThisThread() throws(SystemError) -> ProcessorSet {
        var set = ProcessorSet(processor: 0)
        set.mask = [UInt8](repeating: 0, count: capacity)
        // SAFETY: the kernel writes at most the size it is given.
        let bytes = unsafe sbx_affinity_get(0, &set.mask, CInt(capacity))
        set.mask.removeLast(capacity - Int(try check(bytes, "sched_getaffinity")))
        return set
    }

    /// Lets a thread, by its number (0: the calling one), run on these only. What it starts later
    /// inherits that.
    package func confine(_ thread: CInt) throws(SystemError) {
        // SAFETY: the kernel reads exactly the bytes there are.
        try check(unsafe sbx_affinity_set(thread, mask, CInt(mask.count)), "sched_setaffinity")
    }

    package func contains(_ processor: CInt) -> Bool {
        let byte = Int(processor) / 8
        return byte < mask.count && mask[byte] & (1 << UInt8(processor % 8)) != 0
    }
}
