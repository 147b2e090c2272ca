// What is taken from a directory that somebody hostile filled, and what is left where it is.

import Foundation
import Kernel
import Testing

@testable import Engine

@Suite struct ScratchCollectorTests {
    private let folder: Folder
    private let store: ArtifactStore
    private let home: String

    init() throws {
        folder = try Folder()
        home = folder.path + "/home"
        try Files.makeDirectory(home)
        store = ArtifactStore(home: folder.path + "/state", lifeMilliseconds: 60_000)
    }

    private func collect() throws -> (files: [KeptFile], notes: [String]) {
        let scratch = Scratch(try Files.open(folder.path, .path))
        var collector = ScratchCollector(scratch, into: store)
        return collector.collect()
    }

    @Test func `files are copied, the shallow before the deep`() throws {
        try folder.write("home/z", [1, 2, 3])
        try folder.write("home/d/a", [4])
        try folder.write("home/d/e/b", [])
        let (files, notes) = try collect()
        #expect(files.map(\.name) == ["z", "d/a", "d/e/b"])
        #expect(try files.map { try $0.read(0..<$0.bytes) } == [[1, 2, 3], [4], []])
        #expect(notes.isEmpty)
    }

    @Test func `what changes afterwards is not seen`() throws {
        try folder.write("home/a", [1])
        let (files, _) = try collect()
        try folder.write("home/a", [2])
        #expect(try files[0].read(0..<1) == [1])
    }

    @Test func `hidden names and other directories are not looked at`() throws {
        try folder.write("home/.a", [1])
        try folder.write("home/.d/a", [1])
        try folder.write("tmp/a", [1])
        let (files, notes) = try collect()
        #expect(files.isEmpty && notes.isEmpty)
    }

    @Test func `links lead nowhere`() throws {
        try folder.write("secret", [1])
        try FileManager.default.createSymbolicLink(
            atPath: home + "/a", withDestinationPath: folder.path + "/secret")
        try FileManager.default.createSymbolicLink(
            atPath: home + "/d", withDestinationPath: folder.path)
        try FileManager.default.linkItem(
            atPath: folder.path + "/secret", toPath: home + "/hard")
        let (files, notes) = try collect()
        #expect(files.isEmpty)
        #expect(notes.count == 2)
    }

    @Test func `a working directory that is a link is none`() throws {
        try Files.removeDirectory(home)
        try folder.write("secret/a", [1])
        try Files.makeLink("secret", at: home)
        #expect(try !Scratch(Files.open(folder.path, .path)).mayHoldFiles)
        #expect(try collect().files.isEmpty)
    }

    @Test func `a file that is too large is told, and smaller ones are kept`() throws {
        try folder.write("home/b", [1])
        #expect(FileManager.default.createFile(atPath: home + "/a", contents: nil))
        let handle = try #require(FileHandle(forWritingAtPath: home + "/a"))
        try handle.truncate(atOffset: UInt64(10) << 30)
        let (files, notes) = try collect()
        #expect(files.map(\.name) == ["b"])
        #expect(notes == ["not kept (more than 64 MiB in all): a"])
    }

    @Test func `files beyond the number are counted`() throws {
        for number in 0..<ScratchCollector.maximumFiles + 5 {
            try folder.write("home/\(100 + number)", [])
        }
        let (files, notes) = try collect()
        #expect(files.count == ScratchCollector.maximumFiles)
        #expect(notes == ["not kept (more than 64 files): 164, 165, 166 and 2 more"])
    }

    @Test func `looks have an end`() throws {
        for number in 0..<ScratchCollector.maximumLooks + 1 {
            try Files.makeDirectory("\(home)/\(number)")
        }
        let (_, notes) = try collect()
        #expect(notes.contains("only 10000 files were looked at"))
    }

    @Test func `a preview is a picture of at most so many bytes`() throws {
        let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        try folder.write("shown/1", png)
        try folder.write("shown/2", [1, 2, 3])
        try folder.write("secret", png)
        try Files.makeLink("../secret", at: folder.path + "/shown/3")
        let scratch = Scratch(try Files.open(folder.path, .path))
        let preview = Remains.Preview(mime: "image/png", bytes: png)
        #expect(scratch.preview(1, limit: 8) == preview)
        #expect(scratch.preview(1, limit: 7) == nil)
        for number in [2, 3, 4, -1] { #expect(scratch.preview(number, limit: 100) == nil) }
    }
}
