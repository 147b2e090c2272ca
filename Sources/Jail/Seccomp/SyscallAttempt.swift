/// A system call as a filter sees it: struct seccomp_data.
package struct SyscallAttempt: Hashable, Sendable {
    package var number: UInt32
    package var architecture: UInt32
    package var instructionPointer: UInt64
    /// Missing ones are 0.
    package var arguments: [UInt64]

    package init(
        _ number: UInt32, _ arguments: [UInt64] = [],
        architecture: UInt32 = FilterArchitecture.x86_64.auditNumber,
        instructionPointer: UInt64 = 0
    ) {
        self.number = number
        self.arguments = arguments
        self.architecture = architecture
        self.instructionPointer = instructionPointer
    }

    /// The aligned 32-bit word at `offset` bytes into the structure, in little-endian memory.
    func word(at offset: UInt32) -> UInt32 {
        let half = UInt64(offset % 8) * 8
        switch offset {
        case 0: return number
        case 4: return architecture
        case 8, 12: return UInt32(truncatingIfNeeded: instructionPointer >> half)
        default:
            let index = Int(offset / 8) - 2
            let argument = index < arguments.count ? arguments[index] : 0
            return UInt32(truncatingIfNeeded: argument >> half)
        }
    }
}
