/// The system call table of one architecture: every call the kernel has, and what becomes of it.
///
/// The data lives in `sandbox/seccomp`; `SyscallTable+Loading.swift` reads it.
///
/// INVARIANT: every number the file claims to cover has exactly one entry, and no other number has
/// one; numbers stay below the foreign ones; variants and `zygoteNeeds` name listed calls only.
package struct SyscallTable: Sendable {
    package let architecture: FilterArchitecture
    /// For numbers without an entry: calls of kernels that came later.
    package let defaultAction: FilterAction
    /// For other architectures, and for foreign numbers of this one.
    package let foreignAction: FilterAction
    /// Sorted by number.
    package let syscalls: [Syscall]
    /// What the zygote's filter must leave to the worker's.
    package let zygoteNeeds: Set<UInt32>
    package let variants: [String: SyscallVariant]

    /// More than any kernel has, few enough to check by hand.
    package enum Limit {
        package static let syscalls = 1024
        package static let groups = 128
        package static let variants = 16
        package static let rulesPerCall = 16
        package static let valuesPerCondition = 64
        package static let textBytes = 1024
    }

    /// What becomes of each listed call in this variant, by number.
    package func rulings(for variant: String) throws(SyscallTableError) -> [UInt32: SyscallRuling] {
        guard let changes = variants[variant]?.changes else {
            let known = variants.keys.sorted().joined(separator: ", ")
            throw SyscallTableError(
                place: [.member("variants")],
                problem: "there is no variant \(variant); the table has \(known)")
        }
        var rulings: [UInt32: SyscallRuling] = [:]
        for syscall in syscalls {
            rulings[syscall.number] = changes[syscall.number] ?? syscall.ruling
        }
        return rulings
    }

    /// The entry of this name, for reports and tests.
    package func syscall(named name: String) -> Syscall? {
        syscalls.first { $0.name == name }
    }
}
