// How a session is told to fork, and how its fork answers. The tags are those of
// CPythonHost/sbx_frame.h.

/// The two frames of a fork, under one seal.
package enum SessionFork {
    /// Longest hello: a header and one field.
    package static let helloBytes =
        Frame.headerBytes + Frame.fieldHeaderBytes + Seal.byteCount

    /// Descriptors that go with an order: channel, standard input, output, errors.
    package static let descriptorCount = 4

    package static func order(_ seal: Seal) -> [UInt8] {
        var writer = FrameWriter(kind: MessageKind.forkSession)
        writer.add(8, seal.bytes)
        return writer.finished()
    }

    /// Whether bytes are exactly the hello that this order asks for.
    package static func isHello(_ bytes: some Sequence<UInt8>, to seal: Seal) -> Bool {
        do throws(FrameError) {
            let frame = try Frame(Array(bytes))
            return frame.kind == MessageKind.hello && frame.bytes(10) == seal.bytes
        } catch { return false }
    }
}
