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

/// What arrived on a local socket, and who sent it by the kernel's word.
package struct SignedBytes: ~Copyable {
    package let bytes: [UInt8]
    private var process: Descriptor?

    init(bytes: [UInt8], process: consuming Descriptor?) {
        self.bytes = bytes
        self.process = process
    }

    /// A pidfd of the sender, once.
    package mutating func takeSender() -> Descriptor? { process.take() }
}

extension Descriptor {
    /// Whether the kernel adds a pidfd of the sender to what is received here.
    package func namesSenders(_ on: Bool) throws(SystemError) {
        try check(sbx_pass_pidfd(raw, on ? 1 : 0), "setsockopt", "SO_PASSPIDFD")
    }

    /// Receives at most `limit` bytes, and who sent them. Empty: the other end is gone. Descriptors
    /// that a sender attaches are closed.
    package func receiveSigned(limit: Int) throws(SystemError) -> SignedBytes {
        var process: CInt = -1
        var got: Int64 = 0
        // SAFETY: the shim writes at most `limit` bytes, and one number.
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, filled in
            got = unsafe sbx_receive_signed(raw, buffer.baseAddress, limit, &process)
            filled = max(0, Int(got))
        }
        let sender: Descriptor? = process < 0 ? nil : Descriptor(adopting: process)
        try check(got, "recvmsg")
        return SignedBytes(bytes: bytes, process: sender)
    }
}
