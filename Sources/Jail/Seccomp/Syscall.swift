/// One entry of the table: a system call by name and number, and what becomes of it.
package struct Syscall: Hashable, Sendable {
    package let name: String
    package let number: UInt32
    /// The heading it stands under, for reports.
    package let group: String
    /// What the tightest variant does with it.
    package let ruling: SyscallRuling
}
