// Files that are to survive: flushing, cutting off, and what the kernel says of them.

import Testing

@testable import Kernel

@Suite struct DurabilityTests {
    @Test func `a file is flushed, cut off, and known`() throws {
        let place = try Place()
        let file = try Files.open(place("file"), .appendNew)
        try file.write(Array("0123456789".utf8))
        try file.syncData()
        try file.sync()
        try Files.syncDirectory(place.path)
        try file.truncate(to: 4)
        try file.write(Array("ab".utf8))
        #expect(try Files.contents(of: place("file"), limit: 100) == Array("0123ab".utf8))
        let status = try file.status()
        #expect(status.size == 6 && status.isRegular && status.permissions == 0o600)
        #expect(!status.isOpenToOthers)
        #expect(abs(status.modifiedNanoseconds - WallClock.nanoseconds) < 60_000_000_000)
        #expect(try !Files.open(place.path).status().isRegular)
    }

    @Test func `a new file must be new`() throws {
        let place = try Place()
        try Files.makeEmpty(place("file"), mode: 0o640)
        // A second time it stays as it is.
        try Files.makeEmpty(place("file"), mode: 0o600)
        let status = try Files.open(place("file")).status()
        #expect(status.permissions == 0o640 && status.isOpenToOthers)
        #expect(throws: SystemError.self) { _ = try Files.open(place("file"), .appendNew) }
    }

    @Test func `a link is not followed to be changed`() throws {
        let place = try Place()
        try Files.makeEmpty(place("file"))
        try Files.makeLink(place("file"), at: place("link"))
        #expect(throws: SystemError.self) { _ = try Files.open(place("link"), .update) }
        let file = try Files.open(place("file"), .update)
        try file.truncate(to: 3)
        #expect(try file.read(limit: 10) == [0, 0, 0])
    }

    @Test func `a monitor hands on what a change throws, and is free again`() {
        let monitor = Monitor(1)
        #expect(throws: SystemError.self) {
            try monitor.update { (state) throws(SystemError) in
                state = 2
                throw SystemError("a test", code: 1)
            }
        }
        #expect(monitor.read { $0 } == 2)
    }
}
