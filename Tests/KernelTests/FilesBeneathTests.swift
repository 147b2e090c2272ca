// Beneath a directory that somebody hostile fills nothing leads out, and nothing waits.

import Testing

@testable import Kernel

@Suite final class FilesBeneathTests {
    private let place: Place
    private let directory: Descriptor

    init() throws {
        place = try Place()
        try Files.makeDirectory("\(place.path)/in")
        try Files.makeDirectory("\(place.path)/in/d")
        directory = try Files.open("\(place.path)/in", .path)
        for name in ["secret", "in/a", "in/d/b"] {
            try Files.replace("\(place.path)/\(name)", with: Array(name.utf8))
        }
    }

    private func read(_ path: String) throws -> [UInt8] {
        try Files.openUntrusted(Array(path.utf8), beneath: directory).read(limit: 100)
    }

    @Test func `what is beneath is read`() throws {
        #expect(try read("a") == Array("in/a".utf8))
        #expect(try read("d/b") == Array("in/d/b".utf8))
        #expect(try read("d/../a") == Array("in/a".utf8))
    }

    @Test(arguments: ["../secret", "/etc/hostname", "l", "m/a", "d/l", "none", "", "p"])
    func `what is not beneath, or behind a link, is refused`(path: String) throws {
        try Files.makeLink("../secret", at: "\(place.path)/in/l")
        try Files.makeLink("d", at: "\(place.path)/in/m")
        try Files.makeLink("/proc/self/root", at: "\(place.path)/in/d/l")
        try Files.makeLink("a", at: "\(place.path)/in/p")
        #expect(throws: SystemError.self) { try read(path) }
    }

    @Test func `entries are told with their kinds`() throws {
        try Files.makeLink("a", at: "\(place.path)/in/l")
        let opened = try Files.openUntrusted(
            Array(".".utf8), beneath: directory, asDirectory: true)
        var found: [String: DirectoryEntry.Kind] = [:]
        while let entries = try opened.nextEntries() {
            for entry in entries { found[String(decoding: entry.name, as: UTF8.self)] = entry.kind }
        }
        #expect(found == ["a": .file, "d": .directory, "l": .other])
    }

    @Test func `a status is of the entry itself`() throws {
        try Files.makeLink("d", at: "\(place.path)/in/l")
        #expect(try Files.status(of: "d", beneath: directory).isDirectory)
        #expect(try !Files.status(of: "l", beneath: directory).isDirectory)
        let file = try Files.status(of: "a", beneath: directory)
        #expect((file.isRegular, file.size, file.links) == (true, 4, 1))
    }

    @Test func `a temporary file has no name`() throws {
        let file = try Files.temporary(in: place.path)
        try file.write([1, 2, 3])
        #expect(try file.read(at: 1, limit: 10) == [2, 3])
        #expect(try Files.names(in: place.path).sorted() == ["in", "secret"])
        #expect(try file.status().links == 0)
    }
}
