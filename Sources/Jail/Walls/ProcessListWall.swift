// /proc: either none, or a private instance that shows a process itself and nothing of the kernel.

package import Kernel

/// A process list that knows one pid namespace only.
package enum ProcessListWall {
    /// `subset=pid` leaves out sys, kallsyms, keys and every other file about the kernel;
    /// `hidepid=invisible` leaves out processes one may not trace, the parked init among them.
    /// The instance belongs to the pid namespace of the process that mounts it.
    package static func mount(at path: String) throws(SystemError) {
        try Mounts.mount(
            "proc", at: path, type: "proc", MountFlags.harmless.union(.readOnly),
            options: "subset=pid,hidepid=invisible")
    }

    /// One that hides none of its processes: to be opened for the supervisor, and unmounted before
    /// any worker is there.
    package static func mountOpenly(at path: String) throws(SystemError) {
        try Mounts.mount(
            "proc", at: path, type: "proc", MountFlags.harmless.union(.readOnly),
            options: "subset=pid")
    }
}
