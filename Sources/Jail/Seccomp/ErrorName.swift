/// The error numbers a filter may answer with.
///
/// The list is short on purpose: each name is a sentence to the program (see the head of the table
/// file), and a typo in the table is an error instead of a strange number. Values are those of
/// Linux on x86_64 and aarch64 (asm-generic/errno.h).
package enum ErrorName: String, CaseIterable, Hashable, Sendable {
    case EPERM, EAGAIN, EACCES, EINVAL, ENOTTY, ENOSYS, ENOPROTOOPT, ENOTSUP, EAFNOSUPPORT

    package var number: UInt16 {
        switch self {
        case .EPERM: 1
        case .EAGAIN: 11
        case .EACCES: 13
        case .EINVAL: 22
        case .ENOTTY: 25
        case .ENOSYS: 38
        case .ENOPROTOOPT: 92
        case .ENOTSUP: 95
        case .EAFNOSUPPORT: 97
        }
    }
}
