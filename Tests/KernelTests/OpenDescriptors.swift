// What this process holds open, as the kernel tells it.

@testable import Kernel

enum OpenDescriptors {
    /// The open numbers, without the one that the listing itself needed.
    static func all() throws -> Set<CInt> {
        Set(
            try Files.names(in: "/proc/self/fd").compactMap { CInt($0) }
                .filter { Files.linkTarget("/proc/self/fd/\($0)") != nil })
    }

    /// How often something is done that must not leak, so that a leak shows beside the few
    /// descriptors that the test runtime's own threads open for good whenever they like.
    static let repetitions = 16

    /// Whether fewer are open in addition than one for each repetition.
    static func areBack(to before: Set<CInt>) throws -> Bool {
        try all().subtracting(before).count < repetitions
    }

    static func isOpen(_ raw: CInt) -> Bool { Files.linkTarget("/proc/self/fd/\(raw)") != nil }

    /// Whether a program started from here would not inherit it.
    static func closesOnExec(_ raw: CInt) throws -> Bool {
        let text = String(
            decoding: try Files.contents(of: "/proc/self/fdinfo/\(raw)", limit: 4096), as: UTF8.self
        )
        let line = text.split(separator: "\n").first { $0.hasPrefix("flags:") }
        let flags = line.flatMap { UInt64($0.drop { !$0.isNumber }, radix: 8) } ?? 0
        return flags & 0o2000000 != 0
    }
}
