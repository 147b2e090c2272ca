/// A seccomp filter that the kernel will accept.
///
/// INVARIANT: 1 to 4096 instructions; every path ends in an answer inside the program; loads are
/// aligned and inside seccomp_data. These are the checks of the kernel (net/core/filter.c,
/// bpf_check_classic; kernel/seccomp.c, seccomp_check_filter), made here so that a bad filter is
/// found when the server starts and not when a worker locks itself down.
package struct FilterProgram: Hashable, Sendable {
    /// One struct sock_filter each, little endian.
    package let instructions: [UInt64]
    /// The most instructions one judgement takes. Loading time follows this, not the length: the
    /// kernel runs the program once for every system call number.
    package let longestPath: Int

    /// BPF_MAXINSNS
    package static let instructionLimit = 4096
    /// sizeof(struct seccomp_data), in bytes.
    package static let dataBytes: UInt32 = 64

    /// Nil if the kernel would refuse the program, or if it uses instructions that ours don't.
    package init?(instructions: [UInt64]) {
        guard (1...Self.instructionLimit).contains(instructions.count) else { return nil }
        var paths = [Int](repeating: 0, count: instructions.count)
        for index in instructions.indices.reversed() {
            guard let instruction = FilterInstruction(packed: instructions[index]) else {
                return nil
            }
            let next: [Int]
            switch instruction {
            case .answer:
                next = []
            case .load(let offset):
                guard offset % 4 == 0, offset < Self.dataBytes else { return nil }
                next = [index + 1]
            case .and:
                next = [index + 1]
            case .jump(let distance):
                next = [index + 1 + Int(distance)]
            case .branch(_, _, let yes, let no):
                next = [index + 1 + Int(yes), index + 1 + Int(no)]
            }
            var longest = 0
            for target in next {
                guard target < instructions.count else { return nil }
                longest = max(longest, paths[target])
            }
            paths[index] = longest + 1
        }
        self.instructions = instructions
        longestPath = paths[0]
    }

    /// The same from the bytes of an array of struct sock_filter.
    package init?(bytes: [UInt8]) {
        guard bytes.count % 8 == 0, bytes.count <= 8 * Self.instructionLimit else { return nil }
        var words: [UInt64] = []
        words.reserveCapacity(bytes.count / 8)
        for start in stride(from: 0, to: bytes.count, by: 8) {
            words.append(bytes[start..<start + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) })
        }
        self.init(instructions: words)
    }

    /// What seccomp(2) wants: an array of struct sock_filter.
    package var bytes: [UInt8] {
        instructions.flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) }
        }
    }
}
