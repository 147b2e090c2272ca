// File systems that are full, read-only, or mounted inside of the workspace. Each test has mounts
// of its own, which nobody else sees and which end with its process.

import Foundation
import Kernel
import Testing

@testable import Workspace

@Suite(.enabled(if: isRoot, "needs root"), .timeLimit(.minutes(1))) struct MountTests {
    /// Leaves this machine's mounts for a copy.
    private static func leaveMounts() throws {
        try Namespaces.unshare(.mount)
        try Mounts.mount("none", at: "/", [.recursive, .makePrivate])
    }

    /// A workspace with a small file system in it. Its own directory is opened among the mounts of
    /// this process: what is mounted elsewhere is not seen beneath it.
    private static func ground(mounting options: String) throws -> Ground {
        try leaveMounts()
        let ground = try Ground()
        try Files.makeDirectory(ground("mounted"))
        try Mounts.mount("tmpfs", at: ground("mounted"), type: "tmpfs", [], options: options)
        return ground
    }

    @Test func `what is mounted inside is inside`() async {
        await #expect(processExitsWith: .success) {
            let ground = try Self.ground(mounting: "size=1m")
            _ = try ground.workspace.write("mounted/a/b.py", [1, 2], overwrite: false)
            _ = try ground.workspace.write("mounted/a/b.py", [3], overwrite: true)
            #expect(try ground.workspace.read("mounted/a/b.py", maximumBytes: 9).bytes == [3])
            #expect(try ground.workspace.list("").files.map(\.printable) == ["mounted/a/b.py"])
            try Mounts.unmount(ground("mounted"))
            #expect(try Tree(ground("")).names == ["mounted"])
        }
    }

    @Test func `a directory that stays on one mount refuses what is mounted inside`() async {
        await #expect(processExitsWith: .success) {
            let ground = try Self.ground(mounting: "size=1m")
            try ground.put("mounted/file")
            let names = try ["mounted", "file"].map { try #require(EntryName($0)) }
            let directory = try Directory(ground(""), acrossMounts: false)
            for path in [EntryPath(names), EntryPath([names[0]])] {
                let error = #expect(throws: SystemError.self) { _ = try directory.look(at: path) }
                #expect(error?.code == ErrorCode.crossDevice)
            }
            try Mounts.unmount(ground("mounted"))
        }
    }

    @Test func `a full file system stays as it was`() async {
        await #expect(processExitsWith: .success) {
            let ground = try Self.ground(mounting: "size=256k")
            try ground.put("mounted/old", "old")
            let before = try Tree(ground.path)
            let bytes = [UInt8](repeating: 1, count: 400_000)
            for path in ["mounted/new", "mounted/a/b/new", "mounted/old"] {
                let refused = refusal { try ground.workspace.write(path, bytes, overwrite: true) }
                #expect(refused?.code == .noSpace)
                #expect(try Tree(ground.path) == before)
            }
            _ = try ground.workspace.write("mounted/small", [1], overwrite: false)
            try Mounts.unmount(ground("mounted"))
        }
    }

    @Test func `a file system without room for names stays as it was`() async {
        await #expect(processExitsWith: .success) {
            let ground = try Self.ground(mounting: "nr_inodes=5")
            let before = try Tree(ground.path)
            let refused = refusal {
                try ground.workspace.write("mounted/a/b/c/d/e/f", [1], overwrite: true)
            }
            #expect(refused?.code == .noSpace)
            #expect(try Tree(ground.path) == before)
            try Mounts.unmount(ground("mounted"))
        }
    }

    @Test func `a read-only file system is read, and nothing else`() async {
        await #expect(processExitsWith: .success) {
            let ground = try Self.ground(mounting: "size=1m")
            try ground.put("mounted/file", "text")
            try Mounts.mount("none", at: ground("mounted"), [.remount, .readOnly])
            let before = try Tree(ground.path)
            #expect(try ground.read("mounted/file") == "text")
            for path in ["mounted/new", "mounted/a/new", "mounted/file"] {
                let refused = refusal { try ground.workspace.write(path, [1], overwrite: true) }
                #expect(refused?.code == .notPermitted)
                #expect(refused?.reason.contains("read-only") == true)
            }
            #expect(try Tree(ground.path) == before)
            try Mounts.unmount(ground("mounted"))
        }
    }

    @Test func `a file that something is mounted onto is not replaced`() async {
        await #expect(processExitsWith: .success) {
            let ground = try Self.ground(mounting: "size=1m")
            try ground.put("file", "below")
            try ground.put("mounted/file", "above")
            try Mounts.mount(ground("mounted/file"), at: ground("file"), [.bind])
            #expect(try ground.read("file") == "above")
            let refused = refusal { try ground.workspace.write("file", [1], overwrite: true) }
            #expect(refused?.code == .busy)
            #expect(try ground.read("file") == "above")
            try Mounts.unmount(ground("file"))
            #expect(try ground.read("file") == "below")
            try Mounts.unmount(ground("mounted"))
            #expect(try Tree(ground("")).names == ["file", "mounted"])
        }
    }

    @Test func `without /proc there is no workspace`() async {
        await #expect(processExitsWith: .success) {
            let ground = try Ground()
            try Self.leaveMounts()
            try Mounts.mount("tmpfs", at: "/proc", type: "tmpfs", [])
            #expect(refusal { try Workspace(ground("")) } != nil)
            try Mounts.unmount("/proc", lazily: true)
        }
    }
}
