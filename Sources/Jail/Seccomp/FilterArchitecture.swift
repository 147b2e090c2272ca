/// A machine whose system calls a table describes.
///
/// Each needs a table of its own: numbers differ, and aarch64 has no open, stat, fork or pipe.
package enum FilterArchitecture: String, CaseIterable, Hashable, Sendable {
    case x86_64

    /// AUDIT_ARCH_X86_64 of linux/audit.h: what the kernel puts into seccomp_data.
    package var auditNumber: UInt32 { 0xc000_003e }

    /// Numbers from here on enter through another door of the same architecture (x32).
    package var firstForeignNumber: UInt32 { 0x4000_0000 }
}
