// Listing what lies beneath a directory, within limits.

import Foundation
import Kernel
import Testing

@testable import Workspace

@Suite(.timeLimit(.minutes(1))) struct ListingTests {
    private func names(_ listing: WorkspaceListing) -> [String] { listing.files.map(\.printable) }

    @Test func `files of one ending are listed, sorted by bytes, with size and time`() throws {
        let ground = try Ground()
        for name in [
            "b.py", "a/x.py", "a.py", "a/b/y.py", "Z.py", ".hidden/.py", "a-b/z.py", "ü.py",
            "notes.txt", "py", "x.pyc", "a.py.txt",
        ] {
            try ground.put(name, name)
        }
        try Files.makeDirectory(ground("directory.py"))
        let listing = try ground.workspace.list("")
        #expect(
            names(listing) == [
                ".hidden/.py", "Z.py", "a-b/z.py", "a.py", "a/b/y.py", "a/x.py", "b.py", "ü.py",
            ])
        #expect(listing.directory == ground.workspace.path)
        #expect(!listing.isCut && listing.unreadable == 0)
        let file = try #require(listing.files.first { $0.path == Array("a/x.py".utf8) })
        #expect(file.size == 6)
        #expect(abs(file.modifiedNanoseconds - WallClock.nanoseconds) < 60_000_000_000)
        #expect(try names(ground.workspace.list("", suffix: ".txt")) == ["a.py.txt", "notes.txt"])
        #expect(try ground.workspace.list("", suffix: "").files.count == 12)
    }

    @Test func `a directory is listed by every way of writing it`() throws {
        let ground = try Ground()
        try ground.put("a/b/c.py")
        for path in ["a/b", "a/b/", "./a/b", ground("a/b"), ground("a/b") + "/"] {
            let listing = try ground.workspace.list(path)
            #expect(names(listing) == ["c.py"])
            #expect(listing.directory == ground("a/b"))
        }
        for path in ["", ".", "./", ground.workspace.path, ground("")] {
            #expect(try names(ground.workspace.list(path)) == ["a/b/c.py"])
        }
    }

    @Test func `an empty, a missing and a wrong directory are told apart`() throws {
        let ground = try Ground()
        try ground.put("file.py")
        try Files.makeDirectory(ground("empty"))
        try Files.makeLink("empty", at: ground("link"))
        try #require(mkfifo(ground("pipe"), 0o666) == 0)
        #expect(try ground.workspace.list("empty").files.isEmpty)
        for (path, code) in [
            ("missing", WorkspaceRefusal.Code.notFound), ("file.py", .wrongKind),
            ("pipe", .wrongKind), ("file.py/x", .wrongKind), ("link", .outsideWorkspace),
            ("../outside", .outsideWorkspace), ("link/x", .outsideWorkspace),
        ] {
            #expect(refusal { try ground.workspace.list(path) }?.code == code, "\(path)")
        }
    }

    @Test func `links are neither followed nor listed`() throws {
        let ground = try Ground()
        try ground.put("real/a.py")
        try Files.makeLink("../outside", at: ground("out"))
        try Files.makeLink(".", at: ground("round"))
        try Files.makeLink("real/a.py", at: ground("b.py"))
        try #require(mkfifo(ground("pipe.py"), 0o666) == 0)
        let listing = try ground.workspace.list("")
        #expect(names(listing) == ["real/a.py"])
        #expect(!listing.isCut && listing.unreadable == 0)
    }

    @Test func `odd names are listed on one line each`() throws {
        let ground = try Ground()
        let directory = try Directory(ground(""), acrossMounts: true)
        for name: [UInt8] in [
            Array("a\nb.py".utf8), Array("\u{1b}[2J.py".utf8), [0xFF, 0xFE] + Array(".py".utf8),
        ] {
            let name = try #require(EntryName(name))
            _ = try directory.create(name, mode: 0o644)
        }
        let listing = try ground.workspace.list("")
        #expect(names(listing) == [#"\x1b[2J.py"#, #"a\nb.py"#, #"\xff\xfe.py"#])
        #expect(listing.files.last?.path.first == 0xFF)
    }

    @Test func `every limit ends the listing, with the nearest found`() throws {
        let ground = try Ground()
        for number in 0..<40 { try ground.put("n\(number).py") }
        for depth in 1...6 {
            let way = String(repeating: "d/", count: depth)
            for number in 0..<10 { try ground.put("\(way)n\(number).py") }
        }
        #expect(try ground.workspace.list("").files.count == 100)
        func listed(_ change: (inout ListingLimits) -> Void) throws -> WorkspaceListing {
            var limits = ListingLimits()
            change(&limits)
            return try ground.workspace.list("", limits: limits)
        }
        let few = try listed { $0.files = 45 }
        #expect(few.isCut && few.files.count == 45)
        #expect(few.files.count { !$0.printable.contains("/") } == 40)
        #expect(try listed { $0.files = 45 } == few)
        let shallow = try listed { $0.depth = 2 }
        #expect(shallow.isCut && shallow.files.count == 60)
        #expect(try listed { $0.depth = 0 }.files.count == 40)
        #expect(try !listed { $0.depth = 6 }.isCut)
        let looked = try listed { $0.entries = 60 }
        #expect(looked.isCut && looked.files.count > 40 && looked.files.count < 60)
        #expect(try listed { $0.entries = 0 }.isCut)
        let small = try listed { $0.pathBytes = 100 }
        #expect(small.isCut && !small.files.isEmpty && small.files.count < 20)
        let late = try listed { $0.milliseconds = 0 }
        #expect(late.isCut && late.files.isEmpty)
        #expect(try !listed { $0.files = 100 }.isCut)
    }

    @Test func `a very deep tree ends the walk, not the server`() async {
        await #expect(processExitsWith: .success) {
            let ground = try Ground()
            let name = String(repeating: "d", count: 200)
            try Files.changeDirectory(ground(""))
            for _ in 0..<40 {
                try Files.makeDirectory(name)
                try Files.changeDirectory(name)
            }
            var limits = ListingLimits()
            limits.depth = 100
            let listing = try ground.workspace.list("", limits: limits)
            #expect(listing.files.isEmpty && listing.unreadable == 1)
            // Too deep for its path to be written: taken away from the bottom up.
            for _ in 0..<40 {
                try Files.changeDirectory("..")
                try Files.removeDirectory(name)
            }
        }
    }

    @Test func `what can't be read is counted, and the rest is listed`() async {
        await #expect(processExitsWith: .success) {
            try becomeOrdinary()
            let ground = try Ground()
            try ground.put("a/x.py")
            try ground.put("b/x.py")
            try ground.put("c/x.py")
            chmod(ground("b"), 0o000)
            // Names can be read in it, but nothing asked about them.
            chmod(ground("c"), 0o444)
            defer {
                chmod(ground("b"), 0o755)
                chmod(ground("c"), 0o755)
            }
            let listing = try ground.workspace.list("")
            #expect(listing.files.map(\.printable) == ["a/x.py"])
            #expect(listing.unreadable == 2)
            #expect(refusal { try ground.workspace.list("b") }?.code == .notPermitted)
        }
    }

    @Test func `a tree that changes meanwhile is listed as far as it is there`() throws {
        let ground = try Ground()
        for number in 0..<20 { try ground.put("d\(number)/x.py") }
        try Files.makeLink(ground.outside(""), at: ground("link"))
        let (one, link) = (ground("d7"), ground("link"))
        let swapping = try Meanwhile { _ in
            do { try Files.exchange(one, with: link) } catch { print("not swapped: \(error)") }
        }
        for _ in 0..<300 {
            let listing = try ground.workspace.list("")
            #expect(listing.files.allSatisfy { $0.printable.hasSuffix("/x.py") })
            #expect(listing.files.count >= 19 && !listing.isCut)
        }
        #expect(swapping.stop() > 10)
    }
}
