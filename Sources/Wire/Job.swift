// What a worker is asked to do. The tags are those of CPythonHost/sbx_frame.h.

/// One program to run, with everything it needs.
package struct Job: Hashable, Sendable {
    package var code: String
    /// How tracebacks call it.
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

    package init(code: String) { self.code = code }

    /// Longest program, in bytes.
    package static let maximumCodeBytes = 4 << 20

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
        writer.add(7, UInt32((readsInlineMetadata ? 1 : 0) | (isScript ? 2 : 0)))
        return writer.finished()
    }
}
