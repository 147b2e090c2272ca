// Directories that others write: nothing outside is opened, nothing waits, nothing is cut short.

import Foundation
import Testing

@testable import Kernel

@Suite struct ForeignDirectoryTests {
    private func run(_ program: String, _ arguments: [String]) throws {
        let child = try Child(program, arguments)
        try #require(child.ending == .exited(code: 0), "\(program): \(child.output)")
    }

    @Test func `what lies beneath is read step by step`() throws {
        let place = try Place()
        try Files.makeDirectories(place("a/b"))
        try Files.replace(place("a/b/file"), with: [1, 2, 3])
        let directory = try ForeignDirectory(place.path).directory(at: ["a", "b"])
        expect(try directory.contents(of: "file", limit: 3), is: [1, 2, 3])
        expect(try directory.names(), is: ["file"])
        expect(directory.canonicalPath, is: place("a/b"))
        expect(directory.kind(of: "file"), is: .file)
        expect(directory.kind(of: "none"), is: nil)
        expect(try ForeignDirectory(place.path).kind(of: "a"), is: .directory)
    }

    @Test func `no link is followed, and its text can be read`() throws {
        let place = try Place()
        try Files.makeDirectories(place("inside"))
        try Files.replace(place("inside/file"), with: [7])
        try Files.makeLink(place("inside"), at: place("link"))
        try Files.makeLink("inside/file", at: place("short"))
        try Files.makeLink("loop", at: place("loop"))
        let directory = try ForeignDirectory(place.path)
        for name in ["link", "short", "loop"] {
            expect(directory.kind(of: name), is: .link)
            var opened = true
            do { _ = try directory.directory(name).names() } catch { opened = false }
            #expect(!opened)
            var read = true
            do { _ = try directory.contents(of: name, limit: 9) } catch { read = false }
            #expect(!read)
        }
        expect(directory.linkTarget("short"), is: "inside/file")
        expect(directory.linkTarget("inside"), is: nil)
        // The operator's own path may be a link.
        expect(try ForeignDirectory(place("link")).contents(of: "file", limit: 9), is: [7])
    }

    @Test(arguments: ["", ".", "..", "a/b", "../x", "/etc", "a\0b"])
    func `a step is one plain name`(name: String) throws {
        let place = try Place()
        try Files.makeDirectories(place("a/b"))
        let directory = try ForeignDirectory(place.path)
        var code: CInt = 0
        do { _ = try directory.directory(name).names() } catch {
            code = error.code
        }
        #expect(code == 22)
        expect(directory.linkTarget(name), is: nil)
    }

    @Test func `a pipe is refused at once, and a long file too`() throws {
        let place = try Place()
        try run("/usr/bin/mkfifo", [place("pipe")])
        try Files.replace(place("long"), with: [UInt8](repeating: 0, count: 100_001))
        let directory = try ForeignDirectory(place.path)
        expect(directory.kind(of: "pipe"), is: .other)
        for (name, code) in [("pipe", 22), ("long", ErrorCode.tooLarge)] {
            var found: CInt = 0
            do { _ = try directory.contents(of: name, limit: 100_000) } catch { found = error.code }
            #expect(found == code, "\(name)")
        }
        expect(try directory.contents(of: "long", limit: 100_001).count, is: 100_001)
    }

    @Test func `ten thousand names are all told`() throws {
        let place = try Place()
        for number in 0..<10_000 {
            try Files.makeLink("x", at: place("name-of-usual-length-\(number)"))
        }
        expect(try ForeignDirectory(place.path).names().count, is: 10_000)
    }

    @Test func `a directory swapped for a link meanwhile never leads outside`() throws {
        let place = try Place()
        try Files.makeDirectories(place("outside"))
        try Files.replace(place("outside/file"), with: [9])
        try Files.makeDirectories(place("tree/real"))
        try Files.replace(place("tree/real/file"), with: [1])
        try Files.makeLink(place("outside"), at: place("tree/link"))
        let done = Monitor(false)
        let (real, link) = (place("tree/real"), place("tree/link"))
        try Threads.start {
            for _ in 0..<2_000 { try? Files.exchange(real, with: link) }
            done.update { $0 = true }
        }
        let tree = try ForeignDirectory(place("tree"))
        var reads = 0
        while !done.read({ $0 }) {
            do {
                let bytes = try tree.directory("real").contents(of: "file", limit: 9)
                #expect(bytes == [1])
                reads += 1
            } catch { continue }
        }
        #expect(reads > 0)
    }
}
