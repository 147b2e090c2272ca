// Beneath a directory, and never beside it.

import Testing

@testable import Kernel

@Suite struct DirectoryTests {
    private func name(_ text: String) throws -> EntryName { try #require(EntryName(text)) }

    private func path(_ text: String) throws -> EntryPath {
        EntryPath(try text.split(separator: "/").map { try name(String($0)) })
    }

    @Test func `a name is one name`() {
        for bad in ["", ".", "..", "/", "a/b", "a/", "\0", "a\0b"] {
            #expect(EntryName(bad) == nil)
        }
        for good in ["...", ".a", "a.", " ", "\n", "\\", "ü"] { #expect(EntryName(good) != nil) }
        #expect(EntryName([0xFF, 0x01])?.bytes == [0xFF, 0x01])
        #expect(EntryPath().bytes.isEmpty && EntryPath().parent == nil)
    }

    @Test func `files and directories are found beneath, and links are not followed`() throws {
        let place = try Place()
        try Files.makeDirectories(place("a/b"))
        try Files.replace(place("a/b/file"), with: [1, 2])
        try Files.makeLink("a", at: place("link"))
        let top = try Directory(place.path, acrossMounts: true)
        expect(try top.path(), is: Array(place.path.utf8))
        let found = try top.look(at: path("a/b/file"))
        #expect(try found.status().isRegular)
        expect(try found.reopened().read(limit: 9), is: [1, 2])
        expect(try top.directory(at: path("a/b")).path(), is: Array(place("a/b").utf8))
        #expect(try top.look(at: path("link")).status().kind == .symbolicLink)
        for refused in ["link/b", "link/b/file"] {
            let error = #expect(throws: SystemError.self) { _ = try top.look(at: path(refused)) }
            #expect(error?.code == ErrorCode.loop)
        }
        let error = #expect(throws: SystemError.self) { _ = try top.directory(at: path("link")) }
        #expect(error?.code == ErrorCode.loop)
        #expect(try top.status(of: name("link")).kind == .symbolicLink)
        #expect(try top.status(of: name("a")).kind == .directory)
    }

    @Test func `what is no directory is none`() throws {
        let place = try Place()
        try Files.replace(place("file"), with: [])
        let error = #expect(throws: SystemError.self) {
            _ = try Directory(place("file"), acrossMounts: true)
        }
        #expect(error?.code == ErrorCode.notDirectory)
    }

    @Test func `entries are made, moved, linked and removed`() throws {
        let place = try Place()
        let top = try Directory(place.path, acrossMounts: true)
        try top.makeDirectory(name("d"))
        try top.create(name("one"), mode: 0o600).write([1])
        let draft = try top.draft(mode: 0o640)
        try draft.write([2])
        try draft.setMode(0o604)
        #expect(try draft.status().links == 0)
        for taken in ["one", "d"] {
            for call in [
                { try top.makeDirectory(name(taken)) },
                { try top.link(draft, as: name(taken)) },
                { _ = try top.create(name(taken), mode: 0o600) },
            ] as [() throws -> Void] {
                let error = #expect(throws: SystemError.self) { try call() }
                #expect(error?.code == ErrorCode.exists)
            }
        }
        try top.link(draft, as: name("two"))
        #expect(try top.status(of: name("two")).permissions == 0o604)
        let error = #expect(throws: SystemError.self) {
            try top.rename(name("one"), to: name("two"), replacing: false)
        }
        #expect(error?.code == ErrorCode.exists)
        try top.rename(name("one"), to: name("two"), replacing: true)
        #expect(try Files.contents(of: place("two"), limit: 9) == [1])
        try top.remove(name("two"))
        try top.removeDirectory(name("d"))
        #expect(try Files.names(in: place.path).isEmpty)
    }

    @Test func `entries are told with their kinds, all or as many as asked for`() throws {
        let place = try Place()
        try Files.makeDirectory(place("d"))
        try Files.makeLink("d", at: place("l"))
        let top = try Directory(place.path, acrossMounts: true)
        for number in 0..<1_000 {
            _ = try top.create(name("\(number)" + String(repeating: "x", count: 200)), mode: 0o600)
        }
        let all = try top.entries(limit: 1_002)
        #expect(all.all.count == 1_002 && !all.isCut)
        #expect(Set(all.all.map(\.name)).count == 1_002)
        let kinds = Dictionary(grouping: all.all, by: \.kind).mapValues(\.count)
        #expect(kinds == [.regular: 1_000, .directory: 1, .symbolicLink: 1])
        for limit in [0, 1, 500, 1_001] {
            let some = try top.entries(limit: limit)
            #expect(some.all.count == limit && some.isCut)
        }
    }

    @Test func `a file's time stops at the ends of the clock`() throws {
        let place = try Place()
        try Files.replace(place("file"), with: [])
        _ = try Child("/usr/bin/touch", ["-d", "2400-01-01", place("file")])
        let time = try Files.open(place("file")).status().modifiedNanoseconds
        #expect(time == .max)
    }
}
