// File descriptors: owned, close-on-exec, closed by their owner and by nobody else.

internal import CKernel

/// A file descriptor that this process owns; it closes when its owner lets go.
package struct Descriptor: ~Copyable, Sendable {
    /// The number. Borrow it for a call; never store it past the owner's life.
    package let raw: CInt

    package init(adopting raw: CInt) {
        precondition(raw >= 0, "a descriptor is a number from 0")
        self.raw = raw
    }

    deinit { _ = sbx_close(raw) }

    /// Gives the number away: whoever takes it must close it.
    package consuming func release() -> CInt {
        let raw = raw
        discard self
        return raw
    }

    package func duplicate() throws(SystemError) -> Descriptor {
        Descriptor(adopting: try check(sbx_duplicate(raw), "dup"))
    }

    /// Reads once, at most `limit` bytes. Empty: end of file.
    package func read(limit: Int) throws(SystemError) -> [UInt8] {
        var failure: SystemError?
        // SAFETY: the shim writes at most `limit` bytes into the fresh buffer.
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            let got = unsafe sbx_read(raw, buffer.baseAddress, limit)
            if got < 0 { failure = SystemError("read", code: CInt(-got)) }
            count = max(0, Int(got))
        }
        if let failure { throw failure }
        return bytes
    }

    /// Reads once into `buffer` from `start`; 0 is the end of the file, nil "nothing there now".
    package func read(into buffer: inout [UInt8], from start: Int) throws(SystemError) -> Int? {
        let raw = raw
        let room = buffer.count - start
        // SAFETY: the shim writes at most `room` bytes from `start`, inside the buffer.
        let got = unsafe buffer.withUnsafeMutableBytes { bytes in
            unsafe sbx_read(raw, bytes.baseAddress.map { unsafe $0 + start }, room)
        }
        if got == -Int64(ErrorCode.tryAgain) { return nil }
        return Int(try check(got, "read"))
    }

    /// Writes everything, however many calls that takes and however long the reader does: whoever
    /// shares a pipe with us may make it non-blocking, and then writing means waiting in between.
    package func write(_ bytes: [UInt8]) throws(SystemError) {
        try write(bytes, from: 0)
    }

    package func write(_ bytes: [UInt8], from start: Int) throws(SystemError) {
        var done = start
        while done < bytes.count {
            if let wrote = try writeOnce(bytes, from: done) {
                done += wrote
            } else {
                var poller = Poller()
                poller.add(raw, .writable)
                _ = try poller.wait(until: nil)
            }
        }
    }

    /// Writes what fits; nil when nothing does (a full non-blocking pipe).
    package func writeOnce(_ bytes: [UInt8], from start: Int) throws(SystemError) -> Int? {
        let raw = raw
        // SAFETY: the shim reads at most the bytes from `start` to the end of the array.
        let wrote = unsafe bytes.withUnsafeBytes { source in
            unsafe sbx_write(
                raw, source.baseAddress.map { unsafe $0 + start }, source.count - start)
        }
        if wrote == -Int64(ErrorCode.tryAgain) { return nil }
        return Int(try check(wrote, "write"))
    }

    /// Reads at an offset, as the counters in /proc and cgroups are read.
    package func read(at offset: Int64, limit: Int) throws(SystemError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: limit)
        // SAFETY: the shim writes at most `limit` bytes.
        let got = try check(unsafe sbx_pread(raw, &bytes, limit, offset), "pread")
        bytes.removeLast(limit - Int(got))
        return bytes
    }

    package func setNonblocking(_ on: Bool) throws(SystemError) {
        try check(sbx_set_nonblocking(raw, on ? 1 : 0), "fcntl")
    }

    /// Waits until this process alone holds the lock on the file.
    package func lock() throws(SystemError) {
        try check(sbx_lock_exclusive(raw), "flock")
    }

    /// Takes the lock if nobody has it.
    package func tryLock() throws(SystemError) -> Bool {
        let result = sbx_lock_try(raw)
        if result == -ErrorCode.tryAgain { return false }
        try check(result, "flock")
        return true
    }

    package var isTerminal: Bool { sbx_is_terminal(raw) == 1 }

    /// The terminal's width in columns, nil when this is none.
    package var terminalColumns: Int? {
        let columns = sbx_terminal_columns(raw)
        return columns > 0 ? Int(columns) : nil
    }

    /// Makes a second name for this file at exactly `target`, replacing what was there.
    package func place(at target: CInt) throws(SystemError) {
        try check(sbx_duplicate_to(raw, target), "dup2")
    }

    /// Keeps the descriptor of this number from programs that this process becomes.
    package static func closeOnExecution(_ raw: CInt) throws(SystemError) {
        try check(sbx_close_on_exec(raw), "fcntl")
    }

    /// Closes every descriptor from `first` on. The owner objects of those must be gone.
    package static func closeAll(from first: CInt) throws(SystemError) {
        try check(sbx_close_range(CUnsignedInt(first), .max), "close_range")
    }
}

/// The two ends of a pipe, until somebody takes them.
package struct Pipe: ~Copyable {
    private var first: Descriptor?
    private var second: Descriptor?

    package init() throws(SystemError) {
        var ends: [CInt] = [-1, -1]
        // SAFETY: the shim writes two numbers.
        try check(unsafe sbx_pipe(&ends), "pipe")
        first = Descriptor(adopting: ends[0])
        second = Descriptor(adopting: ends[1])
    }

    package mutating func takeReader() -> Descriptor { taken(first.take()) }
    package mutating func takeWriter() -> Descriptor { taken(second.take()) }
}

/// The two ends of a connected pair of local sockets, until somebody takes them.
package struct SocketPair: ~Copyable {
    package enum Kind: Sendable { case stream, packet }

    private var first: Descriptor?
    private var second: Descriptor?

    package init(_ kind: Kind) throws(SystemError) {
        var ends: [CInt] = [-1, -1]
        // SAFETY: the shim writes two numbers.
        let result =
            unsafe kind == .stream
            ? sbx_socketpair_stream(&ends) : sbx_socketpair_packet(&ends)
        try check(result, "socketpair")
        first = Descriptor(adopting: ends[0])
        second = Descriptor(adopting: ends[1])
    }

    package mutating func takeOurs() -> Descriptor { taken(first.take()) }
    package mutating func takeTheirs() -> Descriptor { taken(second.take()) }
}

private func taken(_ end: consuming Descriptor?) -> Descriptor {
    guard let end else { preconditionFailure("an end can be taken once") }
    return end
}
