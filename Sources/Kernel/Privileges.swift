// What this process may do, given up step by step; nothing here gives anything back.

internal import CKernel

package struct CapabilitySet: OptionSet, Sendable {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }
    package static let kill = CapabilitySet(rawValue: 1 << 5)
    package static let setGroup = CapabilitySet(rawValue: 1 << 6)
    package static let setUser = CapabilitySet(rawValue: 1 << 7)
    package static let administer = CapabilitySet(rawValue: 1 << 21)
}

/// The resources a limit can be set on, by their kernel numbers.
package enum LimitedResource: Int32, CaseIterable, Sendable {
    case cpuSeconds = 0
    case fileSize = 1
    case data = 2
    case stack = 3
    case coreFile = 4
    case processes = 6
    case openFiles = 7
    case lockedMemory = 8
    case addressSpace = 9
    case pendingSignals = 11
    case messageQueues = 12
    case nice = 13
    case realTimePriority = 14
}

package enum Privileges {
    package static func forbidNewPrivileges() throws(SystemError) {
        try check(sbx_set_no_new_privileges(), "prctl", "PR_SET_NO_NEW_PRIVS")
    }

    package static var newPrivilegesForbidden: Bool { sbx_get_no_new_privileges() == 1 }

    package static func forbidInspection() throws(SystemError) {
        try check(sbx_set_dumpable(0), "prctl", "PR_SET_DUMPABLE")
    }

    /// The files of an undumpable process under /proc belong to root: to write its own identity
    /// map, a process must be dumpable meanwhile.
    package static func allowInspection() throws(SystemError) {
        try check(sbx_set_dumpable(1), "prctl", "PR_SET_DUMPABLE")
    }

    /// Empties the capability bounding set and the ambient set.
    package static func dropBoundingSet() throws(SystemError) {
        try check(sbx_drop_bounding_set(), "prctl", "PR_CAPBSET_DROP")
    }

    package static func keepCapabilities(_ kept: CapabilitySet) throws(SystemError) {
        try check(sbx_set_capabilities(kept.rawValue), "capset")
    }

    /// Becomes an ordinary user: no groups, no way back.
    package static func become(user: UInt32, group: UInt32) throws(SystemError) {
        try check(sbx_set_identity(user, group), "setresuid", "\(user)")
    }

    package static func limit(
        _ resource: LimitedResource, soft: UInt64, hard: UInt64
    ) throws(SystemError) {
        try check(sbx_set_limit(resource.rawValue, soft, hard), "setrlimit", "\(resource)")
    }

    package static func hardLimit(of resource: LimitedResource) throws(SystemError) -> UInt64 {
        var soft: UInt64 = 0
        var hard: UInt64 = 0
        // SAFETY: the shim fills both in.
        try check(unsafe sbx_get_limit(resource.rawValue, &soft, &hard), "getrlimit")
        return hard
    }

    /// Loads a seccomp program; from here on the kernel asks it before every call.
    /// Eight bytes an instruction (struct sock_filter).
    package static func loadFilter(_ program: [UInt8]) throws(SystemError) {
        precondition(program.count % 8 == 0, "a seccomp instruction has eight bytes")
        // SAFETY: the kernel copies `count` instructions before the call returns.
        let result = unsafe program.withUnsafeBytes { bytes in
            unsafe sbx_seccomp_load(bytes.baseAddress, CUnsignedInt(bytes.count / 8))
        }
        try check(result, "seccomp")
    }
}

package enum Landlock {
    /// 0: the kernel has none, or it is switched off.
    package static var abi: Int { Int(sbx_landlock_abi()) }

    package static func ruleset(
        files: UInt64, network: UInt64, scopes: UInt64, abi: Int
    ) throws(SystemError) -> Descriptor {
        let raw = sbx_landlock_create(files, network, scopes, CInt(abi))
        return Descriptor(adopting: try check(raw, "landlock_create_ruleset"))
    }

    package static func allow(
        _ rights: UInt64, beneath path: String, in ruleset: borrowing Descriptor
    ) throws(SystemError) {
        // SAFETY: the path is read until its NUL.
        let result = unsafe sbx_landlock_allow(ruleset.raw, path, rights)
        try check(result, "landlock_add_rule", path)
    }

    /// A domain of its own for signals and abstract sockets (ABI 6): from here on they reach only
    /// what this process starts. Changes nothing about files.
    package static func leaveFamily() throws(SystemError) {
        let ruleset = try ruleset(files: 0, network: 0, scopes: 0b11, abi: scopesABI)
        try restrict(with: ruleset)
    }

    /// The ABI that knows scopes, and the most domains that one process can be in.
    package static let scopesABI = 6
    package static let mostDomains = 16

    package static func restrict(with ruleset: borrowing Descriptor) throws(SystemError) {
        try check(sbx_landlock_restrict(ruleset.raw), "landlock_restrict_self")
    }
}
