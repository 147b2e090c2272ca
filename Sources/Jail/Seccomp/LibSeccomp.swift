import CSeccomp

/// The two things we ask of libseccomp: its numbers, and its own programs to compare ours with.
///
/// libseccomp 2.5.4 can't express the table: an unconditional rule silently erases the argument
/// rules of the same call. So our compiler writes the filters, and this checks them.
package enum LibSeccomp {
    package enum Number: Hashable, Sendable {
        case known(UInt32)
        /// A call of other architectures only.
        case elsewhere
        /// libseccomp has no such name, as with calls newer than itself.
        case unknown
    }

    package enum Failure: Error, Hashable, Sendable {
        /// A libseccomp function failed with this errno.
        case failed(code: Int32)
        /// It made a program that is larger than the kernel takes, or has unknown instructions.
        case unreadable
    }

    package static func number(
        of name: String, on architecture: FilterArchitecture
    ) -> Number {
        // SAFETY: the C string lives for the call, which keeps no reference.
        let number = unsafe name.withCString { text in
            unsafe sbx_seccomp_resolve(architecture.auditNumber, text)
        }
        if number >= 0 { return .known(UInt32(number)) }
        return number == sbx_seccomp_elsewhere() ? .elsewhere : .unknown
    }

    /// An action for one call, when (argument & mask) == value for all conditions.
    package struct Rule: Hashable, Sendable {
        package let number: UInt32
        package let action: FilterAction
        package let conditions: [Condition]

        package init(
            _ action: FilterAction, for number: UInt32, when conditions: [Condition] = []
        ) {
            self.number = number
            self.action = action
            self.conditions = conditions
        }
    }

    package struct Condition: Hashable, Sendable {
        package let argument: Int
        package let mask: UInt64
        package let value: UInt64

        package init(argument: Int, mask: UInt64, value: UInt64) {
            self.argument = argument
            self.mask = mask
            self.value = value
        }
    }

    /// A filter made by libseccomp. No rule may have the action `otherwise`, and no call both a
    /// rule with conditions and one without.
    package static func program(
        _ rules: [Rule], otherwise: FilterAction, foreign: FilterAction,
        on architecture: FilterArchitecture
    ) throws(Failure) -> FilterProgram {
        var plain: [sbx_seccomp_rule] = []
        var conditions: [sbx_seccomp_condition] = []
        for rule in rules {
            plain.append(
                sbx_seccomp_rule(
                    number: rule.number, action: rule.action.encoded,
                    first_condition: UInt32(conditions.count),
                    condition_count: UInt32(rule.conditions.count)))
            for condition in rule.conditions {
                conditions.append(
                    sbx_seccomp_condition(
                        argument: UInt32(condition.argument), mask: condition.mask,
                        value: condition.value))
            }
        }
        return try export(plain, conditions, otherwise, foreign, architecture)
    }

    private static func export(
        _ rules: [sbx_seccomp_rule], _ conditions: [sbx_seccomp_condition],
        _ otherwise: FilterAction, _ foreign: FilterAction, _ architecture: FilterArchitecture
    ) throws(Failure) -> FilterProgram {
        var bytes = [UInt8](repeating: 0, count: 8 * FilterProgram.instructionLimit)
        // SAFETY: the three buffers outlive the call and are passed with their true counts; the C
        // side reads rules and conditions within them, writes at most `capacity` bytes, and keeps
        // no reference.
        let length = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
            unsafe rules.withUnsafeBufferPointer { rules in
                unsafe conditions.withUnsafeBufferPointer { conditions in
                    unsafe sbx_seccomp_export(
                        architecture.auditNumber, otherwise.encoded, foreign.encoded,
                        rules.baseAddress, rules.count, conditions.baseAddress, conditions.count,
                        buffer.baseAddress, buffer.count)
                }
            }
        }
        guard length >= 0 else { throw .failed(code: Int32(-length)) }
        guard let program = FilterProgram(bytes: Array(bytes.prefix(length))) else {
            throw .unreadable
        }
        return program
    }
}
