// What a zygote tells the supervisor. Zygotes are ours and never see a request: these are trusted.

/// A zygote's side of the control channel.
package enum ZygoteReport: Hashable, Sendable {
    /// Set up, with what was really raised, in order.
    case ready(walls: [RaisedWall])
    /// A step of the set-up failed; the process is about to exit.
    case failed(stage: String, message: String, code: Int32)
    /// Carries a pidfd: the init whose death ends the slot.
    case born
    /// Carries a directory: the processes of the run that is about to be forked, and no others.
    case window
    /// Carries a pidfd, the worker, and its scratch directory.
    case forked
    /// The worker is reaped: wait status and what it used.
    case exited(status: Int32, cpuMicroseconds: Int64, peakBytes: Int64, faults: Int64)

    /// Characters of a failure's message: with four bytes each they fit `reportBytes`.
    package static let maximumMessageCharacters = 1000

    /// One wall as a zygote raised it.
    package struct RaisedWall: Hashable, Sendable {
        package var name: String
        /// What exactly holds, such as "ABI 7".
        package var detail: String
        package init(name: String, detail: String) {
            self.name = name
            self.detail = detail
        }
    }

    private enum Tag {
        static let wallName: UInt16 = 1
        static let wallDetail: UInt16 = 2
        static let stage: UInt16 = 3
        static let message: UInt16 = 4
        static let code: UInt16 = 5
        static let status: UInt16 = 6
        static let cpu: UInt16 = 7
        static let peak: UInt16 = 8
        static let faults: UInt16 = 9
    }

    package var encoded: [UInt8] {
        var writer: FrameWriter
        switch self {
        case .ready(let walls):
            writer = FrameWriter(kind: MessageKind.ready)
            for wall in walls {
                writer.add(Tag.wallName, wall.name)
                writer.add(Tag.wallDetail, wall.detail)
            }
        case .failed(let stage, let message, let code):
            writer = FrameWriter(kind: MessageKind.failed)
            writer.add(Tag.stage, stage)
            writer.add(Tag.message, String(message.prefix(Self.maximumMessageCharacters)))
            writer.add(Tag.code, UInt32(bitPattern: code))
        case .born: writer = FrameWriter(kind: MessageKind.born)
        case .window: writer = FrameWriter(kind: MessageKind.window)
        case .forked: writer = FrameWriter(kind: MessageKind.forked)
        case .exited(let status, let cpuMicroseconds, let peakBytes, let faults):
            writer = FrameWriter(kind: MessageKind.exited)
            writer.add(Tag.status, UInt32(bitPattern: status))
            writer.add(Tag.cpu, signed: cpuMicroseconds)
            writer.add(Tag.peak, signed: peakBytes)
            writer.add(Tag.faults, signed: faults)
        }
        return writer.finished()
    }

    package init(_ bytes: [UInt8]) throws(FrameError) {
        let frame = try Frame(bytes)
        switch frame.kind {
        case MessageKind.ready:
            self = .ready(
                walls: zip(frame.texts(Tag.wallName), frame.texts(Tag.wallDetail)).map {
                    RaisedWall(name: $0, detail: $1)
                })
        case MessageKind.failed:
            self = .failed(
                stage: frame.text(Tag.stage) ?? "", message: frame.text(Tag.message) ?? "",
                code: Int32(truncatingIfNeeded: frame.signed(Tag.code) ?? 0))
        case MessageKind.born: self = .born
        case MessageKind.window: self = .window
        case MessageKind.forked: self = .forked
        case MessageKind.exited:
            guard let status = frame.signed(Tag.status), let cpu = frame.signed(Tag.cpu),
                let peak = frame.signed(Tag.peak), let faults = frame.signed(Tag.faults)
            else { throw .incomplete(kind: frame.kind) }
            self = .exited(
                status: Int32(truncatingIfNeeded: status), cpuMicroseconds: cpu, peakBytes: peak,
                faults: faults)
        default: throw .incomplete(kind: frame.kind)
        }
    }
}
