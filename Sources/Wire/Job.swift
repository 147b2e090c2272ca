// What a worker is asked to do. The tags are those of CPythonHost/sbx_frame.h.

/// One program to run, with everything it needs.
package struct Job: Hashable, Sendable {
    package var code: String
    /// How tracebacks call it; a script whose name is an absolute path has it as its `__file__`.
    package var filename: String = "main.py"
    /// A JSON object whose members become global names; nil: none.
    package var context: [UInt8]?
    /// A JSON array of requirement strings that must be installed; nil: none.
    package var requirements: [UInt8]?
    /// A JSON array of strings: sys.argv after the file name; nil: none.
    package var arguments: [UInt8]?
    /// Bytes of the last value's repr to return.
    package var resultLimit: UInt32 = 20_000
    /// Whether a PEP 723 block in the code counts.
    package var readsInlineMetadata = false
    /// A file rather than a cell: no last value, no top-level await.
    package var isScript = false
    /// Where the run starts, an absolute path; nil: in its scratch directory.
    package var directory: String?
    /// The first entry of sys.path, an absolute path; nil: the directory where the run starts.
    package var searchPath: String?

    /// A call of a session: it goes on in the namespace of the call before.
    package var isSession = false

    /// Kernel limits the worker lowers before it runs the program; it can raise none.
    package var limits: [Limit] = []

    /// A resource by its kernel number, as setrlimit(2) takes it.
    package struct Limit: Hashable, Sendable {
        package let resource: Int32
        package let soft: UInt64
        package let hard: UInt64

        package init(resource: Int32, soft: UInt64, hard: UInt64) {
            self.resource = resource
            self.soft = soft
            self.hard = hard
        }

        fileprivate var bytes: [UInt8] {
            [UInt64(UInt32(bitPattern: resource)), soft, hard].flatMap { number in
                (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
            }
        }
    }

    package init(code: String) { self.code = code }

    /// Longest program, in bytes.
    package static let maximumCodeBytes = 4 << 20

    private var flags: UInt32 {
        (readsInlineMetadata ? 1 : 0) | (isScript ? 2 : 0) | (isSession ? 4 : 0)
    }

    /// `seal`: what the result must begin with to count as this run's.
    package func encoded(seal: Seal) -> [UInt8] {
        var writer = FrameWriter(kind: MessageKind.job, reserving: code.utf8.count + 256)
        // First, so that even a job that is refused can be answered under its seal.
        writer.add(8, seal.bytes)
        writer.add(1, code)
        writer.add(2, filename)
        if let context { writer.add(3, context) }
        if let requirements { writer.add(4, requirements) }
        if let arguments { writer.add(5, arguments) }
        writer.add(6, resultLimit)
        writer.add(7, flags)
        if !limits.isEmpty { writer.add(9, limits.flatMap(\.bytes)) }
        if let directory { writer.add(10, directory) }
        if let searchPath { writer.add(11, searchPath) }
        return writer.finished()
    }
}
