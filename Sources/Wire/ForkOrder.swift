// The order to fork a worker. It travels with four descriptors: channel, input, output, errors.

/// Supervisor → slot zygote: fork a worker on the attached descriptors.
package struct ForkOrder: Hashable, Sendable {
    /// Whether the worker makes one dry run before it waits: then its first run costs a tenth.
    package var warm: Bool
    package static let descriptorCount = 4

    package init(warm: Bool) { self.warm = warm }

    package var encoded: [UInt8] {
        var writer = FrameWriter(kind: MessageKind.fork, reserving: 64)
        writer.add(1, flag: warm)
        return writer.finished()
    }

    package init(_ frame: Frame) throws(FrameError) {
        guard frame.kind == MessageKind.fork else { throw .incomplete(kind: frame.kind) }
        warm = frame.flag(1)
    }
}
