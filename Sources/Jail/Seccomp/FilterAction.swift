/// What the kernel does with a system call once a filter has judged it.
package enum FilterAction: Hashable, Sendable {
    /// The call is made.
    case allow
    /// The call is not made and fails with this error.
    case refuse(ErrorName)
    /// The whole process dies of SIGSYS.
    case kill

    /// As the table file spells it: `allow`, `kill`, or the name of an error.
    package init?(name: String) {
        switch name {
        case "allow": self = .allow
        case "kill": self = .kill
        default:
            guard let error = ErrorName(rawValue: name) else { return nil }
            self = .refuse(error)
        }
    }

    package var name: String {
        switch self {
        case .allow: "allow"
        case .kill: "kill"
        case .refuse(let error): error.rawValue
        }
    }

    /// The filter's return value: SECCOMP_RET_ALLOW, _ERRNO with its data, or _KILL_PROCESS
    /// (seccomp(2)).
    package var encoded: UInt32 {
        switch self {
        case .allow: 0x7fff_0000
        case .kill: 0x8000_0000
        case .refuse(let error): 0x0005_0000 | UInt32(error.number)
        }
    }

    /// How strict the kernel takes it to be; of several filters the strictest answer counts.
    ///
    /// The kernel compares the action words as signed numbers, smallest first, which makes
    /// KILL_PROCESS (the sign bit) stricter than ERRNO, and ERRNO stricter than ALLOW.
    package static func strictness(of encoded: UInt32) -> Int32 {
        -1 - Int32(bitPattern: encoded & 0xffff_0000)
    }
}
