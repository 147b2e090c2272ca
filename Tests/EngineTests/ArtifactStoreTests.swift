// What is kept: read by its owner and nobody else, whole or in parts, within bounds, for a while.

import Kernel
import Testing

@testable import Engine

@Suite struct ArtifactStoreTests {
    private let folder: Folder
    private let store: ArtifactStore
    private let owner: [UInt8] = [1]

    init() throws {
        folder = try Folder()
        store = ArtifactStore(home: folder.path + "/new/home", lifeMilliseconds: 60_000)
    }

    private func file(
        _ name: String, _ bytes: [UInt8], mime: String = "text/plain"
    ) throws -> KeptFile {
        let file = try store.file()
        try file.write(bytes)
        return KeptFile(name: name, mime: mime, bytes: Int64(bytes.count), file: file)
    }

    private func contents(_ reading: ArtifactStore.Reading) -> ArtifactStore.Contents? {
        if case .contents(let contents) = reading { contents } else { nil }
    }

    @Test func `a file is read whole by its owner`() throws {
        let kept = store.keep(try file("a b.txt", Array("hello".utf8)), for: owner)
        #expect(kept.uri.wholeMatch(of: /sandboa:\/\/artifact\/[0-9a-f]{32}\/a%20b\.txt/) != nil)
        let read = try #require(contents(store.read(kept.uri, for: owner)))
        #expect(read.bytes == Array("hello".utf8))
        #expect(read.isText)
        #expect((read.range, read.total) == (0..<5, 5))
        #expect(store.listing(for: owner) == [kept])
    }

    @Test func `nobody else reads it, and no other address`() throws {
        let kept = store.keep(try file("a", [1]), for: owner)
        #expect(store.read(kept.uri, for: [2]) == .notFound)
        #expect(store.listing(for: [2]).isEmpty)
        for other in [kept.uri + "x", String(kept.uri.dropLast()), "", "sandboa://artifact/"] {
            #expect(store.read(other, for: owner) == .notFound)
        }
    }

    @Test func `files have no name in the state directory`() throws {
        _ = store.keep(try file("a", [1]), for: owner)
        #expect(try folder.names == ["new"])
        let inner = try Files.names(in: folder.path + "/new/home")
        #expect(inner.isEmpty)
    }

    @Test(arguments: [
        ("bytes=0-0", 0..<1), ("bytes=2-4", 2..<5), ("bytes=4-4", 4..<5), ("bytes=1-999", 1..<5),
    ])
    func `a part is read by its range`(query: String, range: Range<Int64>) throws {
        let kept = store.keep(try file("a", [0, 1, 2, 3, 4]), for: owner)
        let read = try #require(contents(store.read("\(kept.uri)?\(query)", for: owner)))
        #expect(read.range == range)
        #expect(read.bytes == range.map { UInt8($0) })
    }

    @Test(arguments: [
        "", "bytes", "bytes=", "bytes=-", "bytes=1-", "bytes=-1", "bytes=3-2", "bytes=5-6",
        "bytes=0-1,3-4", "bytes=+1-2", "bytes=99999999999999999999-1", "x=0-1",
    ])
    func `a range that is none is refused with the form`(query: String) throws {
        let kept = store.keep(try file("a", [0, 1, 2, 3, 4]), for: owner)
        guard case .refused(let why) = store.read("\(kept.uri)?\(query)", for: owner) else {
            Issue.record("it was read")
            return
        }
        #expect(why.contains("5 bytes") && why.contains("?bytes=FIRST-LAST"))
    }

    @Test func `more than fits is read in parts that make the whole`() throws {
        let whole = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        let kept = store.keep(try file("big", whole), for: owner)
        guard case .refused(let why) = store.read(kept.uri, for: owner) else {
            Issue.record("it was read at once")
            return
        }
        #expect(why.contains("?bytes=0-4194303"))
        var read: [UInt8] = []
        for range in ["0-4194303", "4194304-8388607"] {
            read += contents(store.read("\(kept.uri)?bytes=\(range)", for: owner))?.bytes ?? []
        }
        #expect(read == whole)
    }

    @Test func `text is text only when it is`() throws {
        let cases: [([UInt8], String, Bool)] = [
            ([0xFF], "text/plain", false), ([0x61], "application/octet-stream", false),
            ([], "text/csv", true), (Array("ü".utf8), "application/json", true),
        ]
        for (bytes, mime, isText) in cases {
            let kept = store.keep(try file("a", bytes, mime: mime), for: owner)
            #expect(contents(store.read(kept.uri, for: owner))?.isText == isText)
        }
    }

    @Test func `the oldest makes room for more than the count`() throws {
        let all = try (0..<ArtifactStore.maximumCount + 3).map {
            store.keep(try file("\($0)", [1]), for: owner)
        }
        #expect(store.listing(for: owner) == Array(all.dropFirst(3)))
        #expect(store.read(all[2].uri, for: owner) == .notFound)
    }

    @Test func `the oldest makes room for more than the bytes`() throws {
        let large = try (0..<3).map { number in
            KeptFile(
                name: "\(number)", mime: "text/plain", bytes: ArtifactStore.maximumBytes / 2,
                file: try store.file())
        }.map { store.keep($0, for: owner) }
        #expect(store.listing(for: owner) == Array(large.dropFirst()))
    }

    @Test func `what has had its time is gone`() throws {
        let kept = store.keep(try file("a", [1]), for: owner)
        let later = Moment.now.advanced(byMilliseconds: 60_001)
        #expect(store.read(kept.uri, for: owner, at: later) == .notFound)
        #expect(store.listing(for: owner, at: later).isEmpty)
    }

    @Test func `what has had its time is let go without being asked for`() throws {
        let brief = ArtifactStore(home: folder.path, lifeMilliseconds: 20)
        for _ in 0..<2 {
            weak var held: KeptFile?
            do {
                let file = KeptFile(name: "a", mime: "", bytes: 0, file: try brief.file())
                held = file
                _ = brief.keep(file, for: owner)
            }
            let deadline = Moment.now.advanced(byMilliseconds: 5_000)
            while held != nil, Moment.now < deadline {
                _ = Monitor(false).wait(until: .now.advanced(byMilliseconds: 5)) { _ in Bool?.none }
            }
            #expect(held == nil)
        }
    }
}
