/// A question about one argument of a system call.
package struct ArgumentCondition: Hashable, Sendable {
    package enum Comparison: Hashable, Sendable {
        /// The low 32 bits, after masking, are one of these values (sorted, no repetition).
        ///
        /// The kernel takes an `int` from the low half of the register, so looking at more than
        /// that half lets a program dodge a rule by setting a high bit (CVE-2019-10063).
        case low(mask: UInt32, among: [UInt32])
        /// All 64 bits equal this value: for pointers and lengths.
        case whole(UInt64)
    }

    /// Counted from 0, as in seccomp_data.
    package let argument: Int
    package let comparison: Comparison

    /// A Linux system call has six arguments.
    package static let arguments = 0...5
}
