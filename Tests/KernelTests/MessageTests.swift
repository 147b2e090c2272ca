// Messages over packet sockets, with descriptors attached.

import Testing

@testable import Kernel

@Suite struct MessageTests {
    @Test func `a message arrives whole, with its descriptors in order`() throws {
        var pair = try SocketPair(.packet)
        let ours = pair.takeOurs()
        let theirs = pair.takeTheirs()
        let one = try Files.memory(named: "one", holding: [1])
        let two = try Files.memory(named: "two", holding: [2, 2])
        try ours.send(Array("first".utf8), attaching: [one.raw, two.raw])
        try ours.send(Array("second".utf8))
        var first = try given(try theirs.receive(limit: 100, descriptors: 4))
        #expect(first.bytes == Array("first".utf8))
        #expect(first.descriptorCount == 2)
        let a = try given(first.takeDescriptor())
        let b = try given(first.takeDescriptor())
        expect(first.takeDescriptor() == nil, is: true)
        expect(try a.read(at: 0, limit: 9), is: [1])
        expect(try b.read(at: 0, limit: 9), is: [2, 2])
        #expect(try OpenDescriptors.closesOnExec(a.raw))
        let second = try given(try theirs.receive(limit: 100, descriptors: 4))
        #expect(second.bytes == Array("second".utf8))
        #expect(second.descriptorCount == 0)
    }

    @Test func `nobody at the other end is no message`() throws {
        var pair = try SocketPair(.packet)
        let ours = pair.takeOurs()
        do { _ = pair.takeTheirs() }
        expect(try ours.receive(limit: 10) == nil, is: true)
        let error = #expect(throws: SystemError.self) { try ours.send([1]) }
        #expect(error?.code == 32)  // EPIPE, and no SIGPIPE
    }

    @Test func `a message too long is refused whole`() throws {
        var pair = try SocketPair(.packet)
        let ours = pair.takeOurs()
        let theirs = pair.takeTheirs()
        try ours.send([UInt8](repeating: 1, count: 100))
        let error = #expect(throws: SystemError.self) { _ = try theirs.receive(limit: 99) }
        #expect(error?.code == 90)  // EMSGSIZE
        try ours.send([2])
        expect(try theirs.receive(limit: 99)?.bytes, is: [2])
    }

    @Test func `more than sixteen descriptors are not sent`() throws {
        var pair = try SocketPair(.packet)
        let ours = pair.takeOurs()
        let many = [CInt](repeating: ours.raw, count: 17)
        let error = #expect(throws: SystemError.self) { try ours.send([1], attaching: many) }
        #expect(error?.code == 22)  // EINVAL
    }

    @Test func `descriptors that nobody takes are closed`() async {
        await #expect(processExitsWith: .success) {
            var pair = try SocketPair(.packet)
            let ours = pair.takeOurs()
            let theirs = pair.takeTheirs()
            let before = try OpenDescriptors.all()
            let file = try Files.open("/dev/null")
            let three = [file.raw, file.raw, file.raw]
            for _ in 0..<OpenDescriptors.repetitions {
                // Not taken, too many for the room, no room at all, and a message that is refused.
                try ours.send([1], attaching: three)
                do { _ = try theirs.receive(limit: 9, descriptors: 3) }
                try ours.send([1], attaching: three)
                expect(try theirs.receive(limit: 9, descriptors: 1)?.descriptorCount, is: 1)
                try ours.send([1], attaching: three)
                expect(try theirs.receive(limit: 9)?.descriptorCount, is: 0)
                try ours.send([1, 2, 3], attaching: three)
                #expect(throws: SystemError.self) {
                    _ = try theirs.receive(limit: 2, descriptors: 3)
                }
            }
            do { _ = consume file }
            #expect(try OpenDescriptors.areBack(to: before))
        }
    }
}
