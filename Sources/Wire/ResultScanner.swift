// Finds the sealed result in whatever arrives on a worker's channel.

/// Collects bytes until the frame under the seal is whole; everything before it is skipped.
///
/// INVARIANT: it holds at most one result frame and a few bytes, however much is thrown at it.
package struct ResultScanner: Sendable {
    package enum Finding: Hashable, Sendable {
        case incomplete
        case result(RunReport)
        /// More than `maximumSkipped` bytes that are no result.
        case flooded
        /// A sealed frame that is none: the worker's driver never writes that.
        case broken
    }

    /// Foreign bytes that are put up with.
    package static let maximumSkipped = 16 << 20

    private let mark: [UInt8]
    private var bytes: [UInt8] = []
    private var skipped = 0
    /// Set once the mark is found: then `bytes` begins with the frame's header.
    private var isAligned = false

    package init(_ seal: Seal) { mark = seal.mark }

    package mutating func add(_ piece: ArraySlice<UInt8>) -> Finding {
        bytes += piece
        if !isAligned { align() }
        guard isAligned else {
            return skipped > Self.maximumSkipped ? .flooded : .incomplete
        }
        do throws(FrameError) {
            let (_, size) = try Frame.header(of: bytes)
            let whole = Frame.headerBytes + size
            guard whole <= RunReport.maximumBytes else { return .broken }
            guard bytes.count >= whole else { return .incomplete }
            return .result(try RunReport(Array(bytes.prefix(whole))))
        } catch { return .broken }
    }

    /// Looks for the mark behind room for a header; forgets what can be no part of it.
    private mutating func align() {
        let needed = Frame.headerBytes + mark.count
        var at = Frame.headerBytes
        while at + mark.count <= bytes.count {
            if bytes[at] == mark[0], bytes[at..<at + mark.count].elementsEqual(mark) {
                skipped += at - Frame.headerBytes
                bytes.removeFirst(at - Frame.headerBytes)
                isAligned = true
                return
            }
            at += 1
        }
        let forgotten = bytes.count - (needed - 1)
        if forgotten > 0 {
            skipped += forgotten
            bytes.removeFirst(forgotten)
        }
    }
}
