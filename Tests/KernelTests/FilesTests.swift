// Our own files: read within bounds, replaced whole.

import Testing

@testable import Kernel

@Suite struct FilesTests {
    @Test func `a file is read whole up to its limit, and refused beyond`() throws {
        let place = try Place()
        let bytes = [UInt8]((0..<200_000).map { UInt8(truncatingIfNeeded: $0) })
        try Files.replace(place("file"), with: bytes)
        #expect(try Files.contents(of: place("file"), limit: 200_000) == bytes)
        let error = #expect(throws: SystemError.self) {
            try Files.contents(of: place("file"), limit: 199_999)
        }
        #expect(error == SystemError("read", place("file"), code: 27))
        try Files.replace(place("empty"), with: [])
        #expect(try Files.contents(of: place("empty"), limit: 0) == [])
    }

    @Test func `a canonical path has no links and no dots`() throws {
        let place = try Place()
        let home = try Files.canonicalPath(of: place("."))
        try Files.makeDirectory(place("directory"))
        try Files.makeLink("directory", at: place("link"))
        #expect(try Files.canonicalPath(of: place("link/../link")) == "\(home)/directory")
        let error = #expect(throws: SystemError.self) {
            try Files.canonicalPath(of: place("none"))
        }
        #expect(error == SystemError("realpath", place("none"), code: ErrorCode.noSuchFile))
    }

    @Test func `a file belongs to who made it`() throws {
        let place = try Place()
        try Files.replace(place("file"), with: [])
        let owner = try Files.owner(of: place("file"))
        #expect(owner == Owner(user: Processes.userIdentifier, group: owner.group))
        #expect(throws: SystemError.self) { try Files.owner(of: place("none")) }
    }

    @Test func `a missing file says which and why`() throws {
        let place = try Place()
        let error = #expect(throws: SystemError.self) {
            try Files.contents(of: place("none"), limit: 1)
        }
        #expect(error == SystemError("open", place("none"), code: ErrorCode.noSuchFile))
        #expect(error?.description == "open \(place("none")): No such file or directory")
    }

    @Test func `a replaced file is the old one or the new one, never half`() throws {
        let place = try Place()
        let path = place("state")
        let versions = (UInt8(0)..<2).map { [UInt8](repeating: $0, count: 100_000) }
        try Files.replace(path, with: versions[0])
        let done = Monitor(false)
        try Threads.start {
            for turn in 0..<200 { try? Files.replace(path, with: versions[turn % 2]) }
            done.update { $0 = true }
        }
        while !done.read({ $0 }) {
            let seen = try Files.contents(of: path, limit: 1 << 20)
            #expect(versions.contains(seen))
        }
        #expect(try Files.names(in: place.path) == ["state"])
    }

    @Test func `a replaced file has the mode that was asked for`() throws {
        let place = try Place()
        try Files.replace(place("private"), with: [])
        try Files.replace(place("shared"), with: [], mode: 0o644)
        let child = try Child(
            "/usr/bin/stat", ["-c", "%a", place("private"), place("shared")])
        #expect(child.output == "600\n644\n")
    }

    @Test func `a file that cannot be replaced leaves nothing behind`() throws {
        let place = try Place()
        try Files.makeDirectory(place("taken"))
        let error = #expect(throws: SystemError.self) {
            try Files.replace(place("taken"), with: [1])
        }
        #expect(error?.call == "rename")
        #expect(try Files.names(in: place.path) == ["taken"])
    }

    @Test func `appending adds to the end`() throws {
        let place = try Place()
        for text in ["one ", "two"] {
            let file = try Files.open(place("log"), .append)
            try file.write(Array(text.utf8))
        }
        #expect(try Files.contents(of: place("log"), limit: 99) == Array("one two".utf8))
    }

    @Test func `directories are made with all above them, and twice is fine`() throws {
        let place = try Place()
        try Files.makeDirectories(place("a/b/c"))
        try Files.makeDirectories(place("a/b/c"))
        #expect(Files.isDirectory(place("a/b/c")))
        try Files.makeDirectory(place("a"))
        try Files.replace(place("file"), with: [])
        let error = #expect(throws: SystemError.self) {
            try Files.makeDirectories(place("file/below"))
        }
        #expect(error != nil)
        try Files.removeDirectory(place("a/b/c"))
        #expect(!Files.exists(place("a/b/c")))
    }

    @Test func `names are told without the directory itself`() throws {
        let place = try Place()
        for name in ["a", ".hidden", "mit Leerzeichen", "ü"] {
            try Files.replace(place(name), with: [])
        }
        #expect(
            try Files.names(in: place.path).sorted() == [".hidden", "a", "mit Leerzeichen", "ü"])
    }

    @Test func `links and places are what they say`() throws {
        let place = try Place()
        try Files.makeLink("/usr/bin/true", at: place("link"))
        #expect(Files.linkTarget(place("link")) == "/usr/bin/true")
        #expect(Files.isExecutable(place("link")))
        #expect(!Files.isExecutable("/usr"))
        try Files.makePlace(place("spot"))
        #expect(Files.linkTarget(place("spot")) == nil)
        #expect(throws: SystemError.self) { try Files.makePlace(place("spot")) }
        try Files.remove(place("spot"))
        #expect(!Files.exists(place("spot")))
    }

    @Test func `a memory file is sealed`() throws {
        let file = try Files.memory(named: "test", holding: Array("fixed".utf8))
        expect(try file.read(at: 0, limit: 99), is: Array("fixed".utf8))
        let error = #expect(throws: SystemError.self) { try file.write([1]) }
        #expect(error?.code == ErrorCode.notPermitted)
    }

    @Test func `a file below a directory is opened from its descriptor`() throws {
        let place = try Place()
        try Files.replace(place("inside"), with: [5])
        let directory = try Files.open(place.path, .path)
        expect(try Files.open("inside", beneath: directory).read(limit: 9), is: [5])
    }
}
