// What a worker says of its run. Hostile: the program could have written it itself.

/// The worker's own account of a run; the verdict on it is the supervisor's.
package struct RunReport: Hashable, Sendable {
    package enum Claim: Hashable, Sendable {
        case returned
        case raised
        case exited(code: Int32)
        /// Requirements that are not installed: a JSON array of {requirement, reason}.
        case unsatisfied([UInt8])
        /// The driver refused the job, with a sentence.
        case invalid
    }

    package var claim: Claim
    /// repr of the last expression.
    package var value: String?
    /// Characters of the whole repr, when `value` is cut.
    package var valueTotal: UInt64?
    package var errorType: String?
    package var errorMessage: String?
    package var errorLine: Int?
    package var traceback: String?
    /// Pictures, tables and texts that the program showed, in its order.
    package var shown: [ShownItem] = []
    /// Names that a session's code has defined.
    package var names: Int?
    /// Why a session can't be forked.
    package var obstacles: [String]

    /// Longest result frame a worker may send: the largest value and everything around it.
    package static let maximumBytes =
        (1 << 20) + ShownItem.maximumBytes + (96 << 10)

    /// Bytes of each text, as in sbx_frame.h. The driver keeps to them; a program that writes the
    /// frame itself is held to them here.
    private static let maximumErrorTypeBytes = 256
    private static let maximumErrorMessageBytes = 4096
    private static let maximumTracebackBytes = 16 << 10
    private static let maximumUnsatisfiedBytes = 64 << 10
    private static let maximumObstacleBytes = 4096

    package init(_ bytes: [UInt8]) throws(FrameError) {
        let frame = try Frame(bytes)
        guard frame.kind == MessageKind.result, let outcome = frame.number(1)
        else { throw .incomplete(kind: frame.kind) }
        switch outcome {
        case 0: claim = .returned
        case 1: claim = .raised
        case 2: claim = .exited(code: Int32(truncatingIfNeeded: frame.signed(8) ?? 1))
        case 3:
            claim = .unsatisfied(
                Array((frame.bytes(9) ?? []).prefix(Self.maximumUnsatisfiedBytes)))
        case 4: claim = .invalid
        default: throw .incomplete(kind: frame.kind)
        }
        value = frame.text(2)
        valueTotal = frame.number(3)
        errorType = frame.text(4, limit: Self.maximumErrorTypeBytes)
        errorMessage = frame.text(5, limit: Self.maximumErrorMessageBytes)
        errorLine = frame.number(6).map { Int(clamping: $0) }
        traceback = frame.text(7, limit: Self.maximumTracebackBytes)
        if let list = frame.bytes(16) { shown = ShownItem.list(parsing: list) }
        names = frame.number(11).map { Int(clamping: $0) }
        let obstacles = frame.text(12, limit: Self.maximumObstacleBytes) ?? ""
        self.obstacles = obstacles.split(separator: "\n").map(String.init)
    }
}
