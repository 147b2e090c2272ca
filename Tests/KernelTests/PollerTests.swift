// Waiting: on descriptors, and until a moment.

import Testing

@testable import Kernel

@Suite struct PollerTests {
    @Test func `nothing ready is told at the deadline, not before`() throws {
        var pipe = try Pipe()
        let reader = pipe.takeReader()
        let writer = pipe.takeWriter()
        var poller = Poller()
        let index = poller.add(reader.raw, .readable)
        let start = Moment.now
        #expect(try !poller.wait(until: start.advanced(byMilliseconds: 30)))
        #expect(Moment.now.nanoseconds(since: start) >= 30_000_000)
        #expect(poller[index].isEmpty)
        try writer.write([1])
    }

    @Test func `a deadline that has passed looks once`() throws {
        var pipe = try Pipe()
        let reader = pipe.takeReader()
        let writer = pipe.takeWriter()
        var poller = Poller()
        let index = poller.add(reader.raw, .readable)
        let past = Moment(nanoseconds: 0)
        #expect(try !poller.wait(until: past))
        try writer.write([1])
        #expect(try poller.wait(until: past))
        #expect(poller[index] == .readable)
    }

    @Test func `the entry that is ready is the one that says so`() throws {
        var one = try Pipe()
        var two = try Pipe()
        let readerOne = one.takeReader()
        let writerOne = one.takeWriter()
        let readerTwo = two.takeReader()
        let writerTwo = two.takeWriter()
        var poller = Poller()
        let first = poller.add(readerOne.raw, .readable)
        let second = poller.add(readerTwo.raw, .readable)
        let third = poller.add(writerOne.raw, .writable)
        try writerTwo.write([1])
        #expect(try poller.wait(until: nil))
        #expect(poller[first].isEmpty)
        #expect(poller[second] == .readable)
        #expect(poller[third] == .writable)
    }

    @Test func `an end that is gone is told without asking`() throws {
        var pipe = try Pipe()
        let reader = pipe.takeReader()
        do { _ = pipe.takeWriter() }
        var poller = Poller()
        let index = poller.add(reader.raw, [])
        #expect(try poller.wait(until: nil))
        #expect(!poller[index].isDisjoint(with: .closed))
    }

    @Test func `a dropped entry is waited for no more, a changed one again`() throws {
        var pipe = try Pipe()
        let reader = pipe.takeReader()
        let writer = pipe.takeWriter()
        try writer.write([1])
        var poller = Poller()
        let index = poller.add(reader.raw, .readable)
        poller.drop(index)
        #expect(!poller.isWatching(index))
        #expect(try !poller.wait(until: .now.advanced(byMilliseconds: 5)))
        poller.change(index, reader.raw, .readable)
        #expect(poller.isWatching(index))
        #expect(try poller.wait(until: nil))
    }
}
