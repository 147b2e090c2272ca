/// The table for one kind of profile: the rulings that differ from those of the groups.
package struct SyscallVariant: Hashable, Sendable {
    package let name: String
    package let why: String
    /// By system call number, everything inherited through `extends` included.
    package let changes: [UInt32: SyscallRuling]
}
