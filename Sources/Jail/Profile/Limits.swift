// Limits: everything a run may use up, each with a name, a unit and a kernel mechanism.

package import Notation

/// The limits of a profile. Bytes unless the name says otherwise.
package struct Limits: Hashable, Sendable {
    /// Wall-clock time of a run: the timer of the supervisor, then SIGKILL.
    package var wallMilliseconds: Int64
    /// The most a call may ask for.
    package var wallCeilingMilliseconds: Int64
    /// CPU time of the worker, all threads together: RLIMIT_CPU.
    package var cpuSeconds: Int64
    /// Private memory: RLIMIT_DATA (a MemoryError), then the memory group (a kill).
    package var memory: Int64
    /// Address space: RLIMIT_AS. The bound on shared memory where there is no memory group.
    package var addressSpace: Int64
    /// Processes and threads: RLIMIT_NPROC, and the pids group.
    package var processes: Int64
    /// Descriptors: RLIMIT_NOFILE.
    package var openFiles: Int64
    /// One file: RLIMIT_FSIZE.
    package var fileSize: Int64
    /// The stack of the main thread: RLIMIT_STACK.
    package var stack: Int64
    /// The scratch directory: bytes, and files.
    package var scratch: Int64
    package var scratchFiles: Int64
    /// Output of a run on both streams together; beyond it the run is killed.
    package var output: Int64
    /// Characters of each stream that a result shows, head and tail.
    package var shownCharacters: Int64

    /// Names as profiles and results spell them, in the order of the file.
    package static let names:
        [(name: String, path: any WritableKeyPath<Limits, Int64> & Sendable)] = [
            ("wall", \.wallMilliseconds), ("wall_ceiling", \.wallCeilingMilliseconds),
            ("cpu", \.cpuSeconds), ("memory", \.memory), ("address_space", \.addressSpace),
            ("processes", \.processes), ("open_files", \.openFiles), ("file_size", \.fileSize),
            ("stack", \.stack), ("scratch", \.scratch), ("scratch_files", \.scratchFiles),
            ("output", \.output), ("shown", \.shownCharacters),
        ]

    /// How each name is written: a duration, a size or a plain count.
    enum Unit { case milliseconds, seconds, bytes, count }

    static func unit(of name: String) -> Unit {
        switch name {
        case "wall", "wall_ceiling": .milliseconds
        case "cpu": .seconds
        case "processes", "open_files", "scratch_files", "shown": .count
        default: .bytes
        }
    }

    /// The smallest and largest value that can work at all.
    static func range(of name: String) -> ClosedRange<Int64> {
        switch name {
        case "wall", "wall_ceiling": 1...86_400_000
        case "cpu": 1...86_400
        case "memory": 32 << 20...1 << 40
        case "address_space": 256 << 20...1 << 44
        case "processes": 1...4096
        case "open_files": 16...65_536
        case "file_size": 0...1 << 40
        case "stack": 256 << 10...1 << 30
        case "scratch": 4096...1 << 40
        case "scratch_files": 2...1 << 24
        case "output": 1...1 << 40
        default: 1...1_000_000
        }
    }

    /// What a result tells of the limits that held.
    package var described: JSONObject {
        [
            "wall_ms": .integer(wallMilliseconds), "cpu_seconds": .integer(cpuSeconds),
            "memory_bytes": .integer(memory), "processes": .integer(processes),
            "open_files": .integer(openFiles), "file_bytes": .integer(fileSize),
            "scratch_bytes": .integer(scratch), "scratch_files": .integer(scratchFiles),
            "output_bytes": .integer(output), "shown_characters": .integer(shownCharacters),
        ]
    }
}
