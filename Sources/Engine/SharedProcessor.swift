// The supervisor's thread and a parked worker on one processor, while a run is young.
//
// Each of the two sleeps while the other works. On two processors each has to wake the other from
// idle, which takes tens of microseconds, on a virtual machine more than a small run. On one, the
// kernel only switches. The worker gives itself all processors back before it looks at its job
// (CPythonHost/run.c), and the thread after `nanoseconds` at the latest.

import Kernel

/// Keeps the calling thread on its processor as long as it lives.
struct SharedProcessor: ~Copyable {
    private let before: ProcessorSet

    /// Longer runs gain nothing from this.
    static let nanoseconds: Int64 = 1_000_000

    private init(before: ProcessorSet) { self.before = before }

    /// Takes a worker that sleeps to the calling thread's processor. nil: the kernel does not let
    /// us, and all goes on without.
    static func take(_ worker: CInt) -> SharedProcessor? {
        do throws(SystemError) {
            let before = try ProcessorSet.ofThisThread()
            let here = try ProcessorSet.here()
            try here.confine(worker)
            try here.confine(0)
            return SharedProcessor(before: before)
        } catch { return nil }
    }

    deinit {
        // Where it could run before it may run again; if not, it stays where it runs now.
        do { try before.confine(0) } catch { return }
    }
}
