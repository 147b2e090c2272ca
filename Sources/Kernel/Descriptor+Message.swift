// Messages with descriptors attached, over packet sockets.

internal import CKernel

/// One received message. Its descriptors belong to whoever holds it: take them, or they close.
package struct Message: ~Copyable {
    package let bytes: [UInt8]
    private var raws: [CInt]

    init(bytes: [UInt8], raws: [CInt]) {
        self.bytes = bytes
        self.raws = raws
    }

    deinit { for raw in raws { _ = sbx_close(raw) } }

    package var descriptorCount: Int { raws.count }

    /// The next descriptor of the message, in the sender's order.
    package mutating func takeDescriptor() -> Descriptor? {
        raws.isEmpty ? nil : Descriptor(adopting: raws.removeFirst())
    }
}

extension Descriptor {
    /// Sends one message; `attached` are numbers the caller goes on owning.
    package func send(_ bytes: [UInt8], attaching attached: [CInt] = []) throws(SystemError) {
        let raw = raw
        // SAFETY: both arrays are only read, for their own counts.
        let sent = unsafe bytes.withUnsafeBytes { body in
            unsafe attached.withUnsafeBufferPointer { fds in
                unsafe sbx_send(raw, body.baseAddress, body.count, fds.baseAddress, fds.count)
            }
        }
        try check(sent, "sendmsg")
    }

    /// Receives one message of at most `limit` bytes. Nil: the other end is gone.
    package func receive(
        limit: Int, descriptors room: Int = 0
    ) throws(SystemError) -> Message? {
        var fds = [CInt](repeating: -1, count: room)
        var count = room
        var got: Int64 = 0
        // SAFETY: the shim writes at most `limit` bytes and `room` numbers.
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, filled in
            got = unsafe sbx_receive(raw, buffer.baseAddress, limit, &fds, &count)
            filled = max(0, Int(got))
        }
        let message = Message(
            bytes: bytes, raws: Array(fds.prefix(count)))
        try check(got, "recvmsg")
        if got == 0 { return nil }
        return consume message
    }
}
