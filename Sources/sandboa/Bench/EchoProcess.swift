// The transport alone: a line to a program that does nothing but send it back.

import Kernel

/// `cat` as a child, between two pipes like a server's.
final class EchoProcess {
    private var input: Descriptor?
    private let output: Descriptor
    private let pid: CInt

    private static let program = "/usr/bin/cat"
    /// About the size of a small call.
    private static let line = [UInt8](repeating: 0x78, count: 127) + [0x0A]

    init() throws(SystemError) {
        var to = try Pipe()
        var from = try Pipe()
        let theirInput = to.takeReader()
        let theirOutput = from.takeWriter()
        pid = try Processes.spawn(
            Self.program, arguments: ["cat"], environment: [],
            descriptors: [theirInput.raw, theirOutput.raw, 2])
        input = to.takeWriter()
        output = from.takeReader()
    }

    /// One line there and back, in nanoseconds.
    func turn() throws(SystemError) -> Int64 {
        let start = Moment.now
        try write()
        var missing = Self.line.count
        while missing > 0 {
            let part = try output.read(limit: missing)
            if part.isEmpty { throw SystemError("read", Self.program, code: ErrorCode.noChild) }
            missing -= part.count
        }
        return Moment.now.nanoseconds(since: start)
    }

    private func write() throws(SystemError) {
        switch input {
        case .some(let input): try input.write(Self.line)
        case .none: preconditionFailure("an ended echo is not asked")
        }
    }

    /// Ends it: `cat` goes when its input does.
    func end() {
        input = nil
        do throws(SystemError) { _ = try Processes.wait(pid) } catch { return }
    }
}
