// Descriptors are owned: they close with their owner, and no program inherits one by accident.

import Testing

@testable import Kernel

@Suite struct DescriptorTests {
    @Test func `a descriptor closes when its owner lets go`() async {
        // In a process of its own: elsewhere another test could get the same number at once.
        await #expect(processExitsWith: .success) {
            let raw: CInt
            do {
                let file = try Files.open("/dev/null")
                raw = file.raw
                #expect(OpenDescriptors.isOpen(raw))
            }
            #expect(!OpenDescriptors.isOpen(raw))
        }
    }

    @Test func `a released descriptor stays open for its new owner`() throws {
        let file = try Files.open("/dev/null")
        let raw = file.release()
        #expect(OpenDescriptors.isOpen(raw))
        _ = Descriptor(adopting: raw)
    }

    @Test func `nothing this module opens is inherited by accident`() throws {
        var pipe = try Pipe()
        var stream = try SocketPair(.stream)
        var packet = try SocketPair(.packet)
        let reader = pipe.takeReader()
        let writer = pipe.takeWriter()
        let ours = stream.takeOurs()
        let theirs = stream.takeTheirs()
        let left = packet.takeOurs()
        let right = packet.takeTheirs()
        let file = try Files.open("/dev/null")
        let copy = try file.duplicate()
        let memory = try Files.memory(named: "test", holding: [1])
        let own = try Processes.handle(of: Processes.ownPid)
        let image = try Namespaces.initImage()
        for raw in [
            reader.raw, writer.raw, ours.raw, theirs.raw, left.raw, right.raw, file.raw, copy.raw,
            memory.raw, own.raw, image.raw,
        ] {
            #expect(try OpenDescriptors.closesOnExec(raw), "descriptor \(raw)")
        }
    }

    @Test func `a pipe gives back what went in, then ends`() throws {
        var pipe = try Pipe()
        let reader = pipe.takeReader()
        do {
            let writer = pipe.takeWriter()
            try writer.write(Array("abc".utf8))
            try writer.write([0, 1, 2, 3], from: 2)
        }
        expect(try reader.read(limit: 3), is: Array("abc".utf8))
        expect(try reader.read(limit: 100), is: [2, 3])
        expect(try reader.read(limit: 100), is: [])
    }

    @Test func `reading into a buffer leaves what was there before it`() throws {
        var pipe = try Pipe()
        let reader = pipe.takeReader()
        let writer = pipe.takeWriter()
        try reader.setNonblocking(true)
        var buffer: [UInt8] = [9, 9, 9, 9]
        expect(try reader.read(into: &buffer, from: 1), is: nil)
        try writer.write([1, 2, 3, 4])
        expect(try reader.read(into: &buffer, from: 1), is: 3)
        #expect(buffer == [9, 1, 2, 3])
        expect(try reader.read(into: &buffer, from: 3), is: 1)
        #expect(buffer == [9, 1, 2, 4])
    }

    @Test func `writing to nobody is an error and no signal`() async {
        await #expect(processExitsWith: .success) {
            try Signal.ignore(Signal.pipe)
            var pipe = try Pipe()
            do { _ = pipe.takeReader() }
            let writer = pipe.takeWriter()
            let error = #expect(throws: SystemError.self) { try writer.write([1]) }
            #expect(error?.code == 32)  // EPIPE
        }
    }

    @Test func `a full pipe takes what fits and then says so`() throws {
        var pipe = try Pipe()
        let reader = pipe.takeReader()
        let writer = pipe.takeWriter()
        try writer.setNonblocking(true)
        let block = [UInt8](repeating: 1, count: 1 << 20)
        let first = try given(try writer.writeOnce(block, from: 0))
        #expect(first < block.count)
        expect(try writer.writeOnce(block, from: first), is: nil)
        _ = try reader.read(limit: 65_536)
        expect(try writer.writeOnce(block, from: first) == nil, is: false)
    }

    /// Clients share their end of standard output with us and may make it non-blocking.
    @Test func `writing to a full non-blocking pipe waits without burning the processor`() async {
        await #expect(processExitsWith: .success) {
            var pipe = try Pipe()
            let reader = pipe.takeReader()
            let writer = pipe.takeWriter()
            try writer.setNonblocking(true)
            let block = [UInt8](repeating: 7, count: 1 << 20)
            let received = Monitor(0)
            let raw = reader.release()
            try Threads.start {
                let reader = Descriptor(adopting: raw)
                _ = received.wait(until: .now.advanced(byMilliseconds: 500)) { _ in nil as Int? }
                while let part = try? reader.read(limit: 65_536), !part.isEmpty {
                    received.update { $0 += part.count }
                }
            }
            let before = Processes.ownCPUMicroseconds
            try writer.write(block)
            #expect(Processes.ownCPUMicroseconds - before < 100_000)
            let limit = Moment.now.advanced(byMilliseconds: 10_000)
            #expect(received.wait(until: limit) { $0 == block.count ? true : nil } == true)
        }
    }

    @Test func `a place is taken over exactly`() async {
        await #expect(processExitsWith: .success) {
            let file = try Files.memory(named: "test", holding: Array("seen".utf8))
            try file.place(at: 100)
            #expect(OpenDescriptors.isOpen(100))
            let copy = Descriptor(adopting: 100)
            expect(try copy.read(at: 0, limit: 10), is: Array("seen".utf8))
            expect(try copy.read(at: 2, limit: 10), is: Array("en".utf8))
            try Descriptor.closeAll(from: 3)
            #expect(!OpenDescriptors.isOpen(100))
            Processes.exitNow(0)
        }
    }

    @Test func `an open file description can be locked once at a time`() throws {
        let place = try Place()
        let first = try Files.open(place("lock"), .append)
        let second = try Files.open(place("lock"), .append)
        try first.lock()
        let taken = Monitor(false)
        let raw = second.release()
        try Threads.start {
            let second = Descriptor(adopting: raw)
            do { try second.lock() } catch { return }
            taken.update { $0 = true }
        }
        let early = taken.wait(until: .now.advanced(byMilliseconds: 100)) { $0 ? true : nil }
        #expect(early == nil)
        do { _ = consume first }
        let late = taken.wait(until: .now.advanced(byMilliseconds: 10_000)) { $0 ? true : nil }
        #expect(late == true)
    }

    @Test func `a pipe is no terminal`() throws {
        var pipe = try Pipe()
        let reader = pipe.takeReader()
        let (isTerminal, columns) = (reader.isTerminal, reader.terminalColumns)
        #expect(!isTerminal)
        #expect(columns == nil)
    }
}
