// Writing files of a workspace: whole or not at all, and nothing changes but what was asked for.

import Foundation
import Kernel
import Testing

@testable import Workspace

@Suite(.timeLimit(.minutes(1))) struct WritingTests {
    private func mode(_ path: String) throws -> UInt32 {
        try Files.open(path, .path).status().permissions
    }

    @Test func `a file is written with the directories above it`() throws {
        let ground = try Ground()
        let bytes = Array("Größe\0\n".utf8)
        let written = try ground.workspace.write("a/b/c.py", bytes, overwrite: false)
        #expect(
            written == WrittenFile(path: ground("a/b/c.py"), bytes: Int64(bytes.count), isNew: true)
        )
        #expect(try ground.workspace.read("a/b/c.py", maximumBytes: 99).bytes == bytes)
        _ = try ground.workspace.write("a/b/empty", [], overwrite: true)
        _ = try ground.workspace.write(ground("a/absolute"), [7], overwrite: false)
        #expect(
            try Tree(ground("")).names
                == ["a", "a/absolute", "a/b", "a/b/c.py", "a/b/empty"])
    }

    @Test func `what is new has the usual modes, less the umask`() async {
        await #expect(processExitsWith: .success) {
            umask(0o027)
            let ground = try Ground()
            _ = try ground.workspace.write("new/file", [1], overwrite: false)
            #expect(try Files.open(ground("new"), .path).status().permissions == 0o750)
            #expect(try Files.open(ground("new/file"), .path).status().permissions == 0o640)
        }
    }

    @Test func `a file is replaced only when that is asked for`() throws {
        let ground = try Ground()
        try ground.put("file", "old")
        let before = try Tree(ground.path)
        let refused = refusal { try ground.workspace.write("file", [1], overwrite: false) }
        #expect(refused?.code == .exists)
        #expect(try Tree(ground.path) == before)
        let written = try ground.workspace.write("file", Array("new".utf8), overwrite: true)
        #expect(!written.isNew)
        #expect(try ground.text("file") == "new")
        #expect(try Tree(ground("")).names == ["file"])
    }

    @Test(arguments: [0o600, 0o664, 0o755, 0o200] as [UInt32])
    func `a file that is replaced hands its mode on`(wanted: UInt32) throws {
        let ground = try Ground()
        try ground.put("file")
        chmod(ground("file"), wanted)
        _ = try ground.workspace.write("file", [1], overwrite: true)
        #expect(try mode(ground("file")) == wanted)
    }

    @Test func `a replaced file is no longer a way to become somebody else`() throws {
        let ground = try Ground()
        try ground.put("file")
        chmod(ground("file"), 0o6755)
        try #require(try mode(ground("file")) == 0o6755)
        _ = try ground.workspace.write("file", [1], overwrite: true)
        #expect(try mode(ground("file")) == 0o755)
    }

    @Test func `a file that is read-only stays as it is`() throws {
        let ground = try Ground()
        try ground.put("file", mode: 0o444)
        let before = try Tree(ground.path)
        let refused = refusal { try ground.workspace.write("file", [1], overwrite: true) }
        #expect(refused?.code == .notPermitted)
        #expect(try Tree(ground.path) == before)
    }

    @Test(.enabled(if: isRoot, "needs root"))
    func `as root, what is new belongs to whom its directory belongs to`() throws {
        let ground = try Ground()
        chown(ground(""), 65_500, 65_501)
        _ = try ground.workspace.write("a/b/file", [1], overwrite: false)
        for name in ["a", "a/b", "a/b/file"] {
            let status = try Files.open(ground(name), .path).status()
            #expect(status.owner == 65_500 && status.group == 65_501)
        }
        chown(ground("a/b/file"), 65_502, 65_503)
        _ = try ground.workspace.write("a/b/file", [2], overwrite: true)
        let status = try Files.open(ground("a/b/file"), .path).status()
        #expect(status.owner == 65_502 && status.group == 65_503)
    }

    @Test(.enabled(if: isRoot, "needs root"))
    func `a file of somebody else's is not taken over`() async {
        await #expect(processExitsWith: .success) {
            let ground = try Ground()
            try ground.put("file")
            // Everything but the file: whoever this is to be takes it all away in the end.
            for directory in ["", "outside", "outside/directory", "workspace"] {
                try #require(chown("\(ground.path)/\(directory)", 65_500, 65_500) == 0)
            }
            try becomeOrdinary()
            let refused = refusal { try ground.workspace.write("file", [1], overwrite: true) }
            #expect(refused?.code == .notPermitted)
            #expect(refused?.reason.contains("another user") == true)
            #expect(try ground.text("file") == "text")
            #expect(try Tree(ground("")).names == ["file"])
        }
    }

    @Test func `a directory that may not be written stays as it is`() async {
        await #expect(processExitsWith: .success) {
            try becomeOrdinary()
            let ground = try Ground()
            try ground.put("closed/file")
            chmod(ground("closed"), 0o555)
            defer { chmod(ground("closed"), 0o755) }
            let before = try Tree(ground.path)
            for path in ["closed/new", "closed/a/b/new", "closed/file"] {
                let refused = refusal { try ground.workspace.write(path, [1], overwrite: true) }
                #expect(refused?.code == .notPermitted)
            }
            #expect(try Tree(ground.path) == before)
        }
    }

    @Test func `at most 16 MiB are written`() throws {
        let ground = try Ground()
        let most = [UInt8](repeating: 0x61, count: 16 << 20)
        _ = try ground.workspace.write("most", most, overwrite: false)
        #expect(try ground.workspace.read("most", maximumBytes: .max).bytes == most)
        let before = try Tree(ground.path)
        let refused = refusal {
            try ground.workspace.write("new/more", most + [0x61], overwrite: true)
        }
        #expect(refused?.code == .tooLarge)
        #expect(try Tree(ground.path) == before)
    }

    @Test(arguments: [
        "../outside/new", "../outside/canary", "a/../../outside/new", "/tmp/sandboa-never", "", ".",
        "new/", "a//b", "new/./b", "nul\0", "link/new", "link/new/new", "file/below",
        "directory", "dangling", "to-file", "new/\(String(repeating: "x", count: 256))",
    ])
    func `a refusal leaves everything as it was`(path: String) throws {
        let ground = try Ground()
        try ground.put("file")
        try Files.makeDirectory(ground("directory"))
        try Files.makeLink(ground.outside("directory"), at: ground("link"))
        try Files.makeLink("../outside/new", at: ground("dangling"))
        try Files.makeLink("file", at: ground("to-file"))
        let before = try Tree(ground.path)
        for overwrite in [true, false] {
            #expect(
                refusal { try ground.workspace.write(path, [1], overwrite: overwrite) } != nil)
        }
        #expect(try Tree(ground.path) == before)
        #expect(!Files.exists("/tmp/sandboa-never"))
    }

    @Test func `directories that were made for nothing are taken back`() async {
        await #expect(processExitsWith: .success) {
            let ground = try Ground()
            try ground.put("there/file")
            let before = try Tree(ground.path)
            try Signal.ignore(Signal.fileSizeLimit)
            try Privileges.limit(.fileSize, soft: 1_000, hard: 1_000)
            let refused = refusal {
                let bytes = [UInt8](repeating: 1, count: 5_000)
                return try ground.workspace.write("there/a/b/c", bytes, overwrite: false)
            }
            #expect(refused?.code == .tooLarge)
            #expect(try Tree(ground.path) == before)
        }
    }

    @Test func `a draft with a name of its own does the same`() throws {
        let ground = try Ground()
        try ground.put("old", "old")
        let directory = try Directory(ground(""), acrossMounts: true)
        let old = try #require(EntryName("old"))
        let new = try #require(EntryName("new"))
        for isNamed in [true, false] {
            var first = try Draft(in: directory, mode: 0o600, named: isNamed)
            try first.file.write(Array("1".utf8))
            #expect(try Tree(ground("")).names.count == (isNamed ? 2 : 1))
            do {
                try first.publish(as: old, in: directory, replacing: false)
                Issue.record("replaced what was not to be")
            } catch {
                #expect(error.code == ErrorCode.exists)
            }
            try first.publish(as: new, in: directory, replacing: false)
            #expect(try Tree(ground("")).names == ["new", "old"])
            var second = try Draft(in: directory, mode: 0o600, named: isNamed)
            try second.file.write(Array("2".utf8))
            try second.publish(as: old, in: directory, replacing: true)
            #expect(try ground.text("old") == "2" && ground.text("new") == "1")
            var third = try Draft(in: directory, mode: 0o600, named: isNamed)
            third.discard(in: directory)
            #expect(try Tree(ground("")).names == ["new", "old"])
            try directory.remove(new)
        }
    }

    @Test func `what can't be replaced leaves no draft behind`() throws {
        let ground = try Ground()
        try Files.makeDirectory(ground("taken"))
        let directory = try Directory(ground(""), acrossMounts: true)
        let taken = try #require(EntryName("taken"))
        for isNamed in [true, false] {
            var draft = try Draft(in: directory, mode: 0o600, named: isNamed)
            do {
                try draft.publish(as: taken, in: directory, replacing: true)
                Issue.record("replaced a directory")
            } catch {
                #expect(error.code == ErrorCode.isDirectory)
            }
            draft.discard(in: directory)
            #expect(try Tree(ground("")).names == ["taken"])
        }
    }

    @Test func `no descriptor is left open`() async {
        await #expect(processExitsWith: .success) {
            let ground = try Ground()
            func everything() throws {
                _ = try ground.workspace.write("a/b", [1], overwrite: true)
                _ = try ground.workspace.read("a/b", maximumBytes: 9)
                _ = try ground.workspace.list("")
                _ = refusal { try ground.read("a") }
                _ = refusal { try ground.read("none") }
                _ = refusal { try ground.workspace.write("a", [1], overwrite: true) }
                _ = refusal { try ground.workspace.write("new/a/\0", [1], overwrite: true) }
                _ = refusal { try ground.workspace.list("a/b") }
            }
            try everything()
            let before = try Files.names(in: "/proc/self/fd").count
            for _ in 0..<32 { try everything() }
            #expect(try Files.names(in: "/proc/self/fd").count < before + 16)
        }
    }
}
