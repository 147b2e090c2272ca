// Reading files of a workspace: what is given, and what is refused without being touched.

import Foundation
import Kernel
import Testing

@testable import Workspace

@Suite(.timeLimit(.minutes(1))) struct ReadingTests {
    @Test func `a file is read whole, by every way of writing its path`() throws {
        let ground = try Ground()
        let content = String(repeating: "Größe 日本\0\n", count: 20_000)
        try ground.put("src/main file.py", content)
        for path in ["src/main file.py", "./src/main file.py", ground("src/main file.py")] {
            let file = try ground.workspace.read(path, maximumBytes: 1 << 20)
            #expect(file.bytes == Array(content.utf8))
            #expect(file.path == ground("src/main file.py"))
        }
        try ground.put("empty", "")
        #expect(try ground.read("empty", limit: 0) == "")
        #expect(try ground.workspace.locate("src/main file.py") == ground("src/main file.py"))
    }

    @Test func `a workspace goes by its real path and by the one it was given`() throws {
        let ground = try Ground()
        try ground.put("file")
        try Files.makeLink("workspace", at: "\(ground.path)/link")
        let workspace = try Workspace("\(ground.path)/link//")
        #expect(workspace.path == "\(ground.path)/workspace")
        for path in ["file", "\(ground.path)/link/file", ground("file")] {
            #expect(try workspace.locate(path) == ground("file"))
        }
    }

    @Test func `what can be no workspace is refused`() throws {
        let ground = try Ground()
        try ground.put("file")
        for (path, code) in [
            ("\(ground.path)/none", WorkspaceRefusal.Code.notFound), (ground("file"), .wrongKind),
            ("/", .unsupported), ("/usr/..", .unsupported), ("", .notFound),
            (ground("") + "\0", .invalidPath),
        ] {
            let refused = refusal { try Workspace(path) }
            #expect(refused?.code == code, "\(path): \(String(describing: refused))")
        }
    }

    @Test func `a workspace is the directory it was, wherever that is moved`() throws {
        let ground = try Ground()
        try ground.put("file", "mine")
        try Files.move(ground(""), to: "\(ground.path)/moved")
        try Files.makeLink("outside", at: "\(ground.path)/workspace")
        #expect(try ground.read("file") == "mine")
        #expect(refusal { try ground.read("canary") }?.code == .notFound)
        try Files.remove("\(ground.path)/workspace")
    }

    @Test func `a file at the limit is read, and one byte more is refused`() throws {
        let ground = try Ground()
        try ground.put("file", String(repeating: "x", count: 70_000))
        #expect(try ground.read("file", limit: 70_000).count == 70_000)
        let refused = try #require(refusal { try ground.read("file", limit: 69_999) })
        #expect(refused.code == .tooLarge)
        #expect(refused.reason.contains("70000 bytes") && refused.reason.contains("most 69999 "))
        #expect(refusal { try ground.read("file", limit: 0) }?.code == .tooLarge)
    }

    @Test func `a sparse file counts by what it seems, at once`() throws {
        let ground = try Ground()
        try ground.put("sparse", "")
        try Files.open(ground("sparse"), .update).truncate(to: 10 << 30)
        let start = Moment.now
        let refused = refusal { try ground.read("sparse", limit: .max) }
        #expect(refused?.code == .tooLarge)
        #expect(refused?.reason.contains("\(Workspace.mostBytes)") == true)
        #expect(Moment.now.nanoseconds(since: start) < 100_000_000)
    }

    @Test func `a file that says it is empty is read to its end or its limit`() throws {
        let own = try Workspace("/proc/\(Processes.ownPid)")
        let text = String(
            decoding: try own.read("status", maximumBytes: 65_536).bytes, as: UTF8.self)
        #expect(text.contains("Pid:\t\(Processes.ownPid)"))
        #expect(refusal { try own.read("status", maximumBytes: 100) }?.code == .tooLarge)
        #expect(refusal { try own.read("status", maximumBytes: 0) }?.code == .tooLarge)
    }

    @Test func `magic links are refused like other links`() throws {
        let own = try Workspace("/proc/\(Processes.ownPid)")
        let file = try Files.open("/etc/passwd")
        for path in [
            "fd/\(file.raw)", "exe", "root/etc/passwd", "cwd", "cwd/Package.swift", "ns/mnt",
            "task/\(Processes.ownPid)/root/etc/passwd",
        ] {
            let read = refusal { try own.read(path, maximumBytes: 1 << 20) }
            #expect(read?.code == .outsideWorkspace, "\(path)")
            #expect(refusal { try own.locate(path) }?.code == .outsideWorkspace)
            #expect(refusal { try own.list(path) }?.code == .outsideWorkspace)
        }
    }

    @Test(arguments: [
        "../outside/canary", "link", "directory/file", "inner", "inside/file", "dangling",
        "deep/up",
    ])
    func `links are refused wherever they stand and wherever they lead`(path: String) throws {
        let ground = try Ground()
        try ground.put("real/file")
        try ground.put("deep/real")
        try Files.makeLink("../outside/canary", at: ground("link"))
        try Files.makeLink(ground.outside("directory"), at: ground("directory"))
        try Files.makeLink("real/file", at: ground("inner"))
        try Files.makeLink("real", at: ground("inside"))
        try Files.makeLink("nowhere", at: ground("dangling"))
        try Files.makeLink("../real/file", at: ground("deep/up"))
        let before = try Tree(ground.path)
        for call in [
            { _ = try ground.workspace.read(path, maximumBytes: 99) },
            { _ = try ground.workspace.locate(path) },
            { _ = try ground.workspace.write(path, [1], overwrite: true) },
        ] as [() throws -> Void] {
            #expect(refusal(call)?.code == .outsideWorkspace)
        }
        #expect(try Tree(ground.path) == before)
    }

    @Test func `a file with a second name is refused`() throws {
        let ground = try Ground()
        try #require(link(ground.outside("canary"), ground("name")) == 0)
        let before = try Tree(ground.path)
        for call in [
            { _ = try ground.workspace.read("name", maximumBytes: 99) },
            { _ = try ground.workspace.locate("name") },
            { _ = try ground.workspace.write("name", [1], overwrite: true) },
        ] as [() throws -> Void] {
            let refused = refusal(call)
            #expect(refused?.code == .outsideWorkspace)
            #expect(refused?.reason.contains("2 names") == true)
        }
        #expect(try Tree(ground.path) == before)
        try Files.remove(ground.outside("canary"))
        #expect(try ground.read("name") == Ground.canary)
    }

    @Test func `what is no file is refused by what it is, and nothing waits for it`() throws {
        let ground = try Ground()
        try Files.makeDirectory(ground("directory"))
        try #require(mkfifo(ground("pipe"), 0o666) == 0)
        let socket = try LocalSocket(at: ground("socket"))
        var wanted = ["directory": "a directory", "pipe": "a named pipe", "socket": "a socket"]
        // The number of a disk that is not there: opening it would fail in another way.
        if isRoot, mknod(ground("device"), S_IFBLK | 0o666, 7 << 8 | 250) == 0 {
            wanted["device"] = "a device"
        }
        let before = try Tree(ground.path)
        for (path, kind) in wanted {
            for call in [
                { _ = try ground.workspace.read(path, maximumBytes: 99) },
                { _ = try ground.workspace.locate(path) },
                { _ = try ground.workspace.write(path, [1], overwrite: true) },
                { _ = try ground.workspace.write(path, [1], overwrite: false) },
            ] as [() throws -> Void] {
                let refused = try #require(refusal(call))
                #expect(refused.code == .wrongKind && refused.reason.contains(kind), "\(path)")
            }
            #expect(refusal { try ground.read("\(path)/x") } != nil)
        }
        #expect(try Tree(ground.path) == before)
        _ = consume socket
    }

    @Test func `a writer that waits at a pipe is not woken`() throws {
        let ground = try Ground()
        try #require(mkfifo(ground("pipe"), 0o666) == 0)
        let path = ground("pipe")
        let opened = Monitor(false)
        try Threads.start {
            let writer = try? Files.open(path, .append)
            opened.update { $0 = writer != nil }
        }
        #expect(refusal { try ground.read("pipe") }?.code == .wrongKind)
        let soon = Moment.now.advanced(byMilliseconds: 200)
        #expect(opened.wait(until: soon) { $0 ? true : nil } == nil)
        _ = try Files.open(path, .update)  // lets the writer go
        #expect(
            opened.wait(until: .now.advanced(byMilliseconds: 5_000)) { $0 ? true : nil } == true)
    }

    @Test func `what is not there is said to be missing`() throws {
        let ground = try Ground()
        try ground.put("file")
        #expect(refusal { try ground.read("none") }?.code == .notFound)
        #expect(refusal { try ground.read("none/file") }?.code == .notFound)
        #expect(refusal { try ground.read("file/below") }?.code == .wrongKind)
        let odd = try #require(refusal { try ground.read("a\n\u{1b}[31mb\u{202e}") })
        #expect(odd.reason.contains(#""a\n\x1b[31mb\u{202e}""#))
    }

    @Test func `odd names are names`() throws {
        let ground = try Ground()
        for name in ["a\nb", "\u{1b}[2J", "-rf", "a\\b", " ", "'\"$(x)`", "\u{202e}", "*"] {
            _ = try ground.workspace.write(name, Array(name.utf8), overwrite: false)
            #expect(try ground.read(name) == name)
        }
    }

    @Test func `a file that nobody may read is refused`() async {
        await #expect(processExitsWith: .success) {
            try becomeOrdinary()
            let ground = try Ground()
            try ground.put("secret", mode: 0o000)
            try ground.put("closed/file")
            try Files.makeDirectory(ground("closed"))
            chmod(ground("closed"), 0o000)
            defer { chmod(ground("closed"), 0o755) }
            for path in ["secret", "closed/file"] {
                #expect(refusal { try ground.read(path) }?.code == .notPermitted)
                #expect(refusal { try ground.workspace.locate(path) }?.code == .notPermitted)
            }
        }
    }
}
