// The whole of a stream is kept exactly when a result leaves something out.

import Kernel
import Testing
import Wire

@testable import Engine

@Suite struct OutputStreamTests {
    private let folder: Folder
    private let store: ArtifactStore

    init() throws {
        folder = try Folder()
        store = ArtifactStore(home: folder.path, lifeMilliseconds: 60_000)
    }

    private func stream(_ bytes: [UInt8], shown: Int, chunk: Int) -> OutputStream {
        var stream = OutputStream(shownCharacters: shown, store: store)
        var rest = bytes[...]
        while !rest.isEmpty {
            stream.append(rest.prefix(chunk))
            rest = rest.dropFirst(chunk)
        }
        return stream
    }

    @Test(arguments: [1, 9, 10, 11, 20, 39, 40, 41, 79, 80, 81, 100, 1000, 70_000])
    func `every length around every bound is kept whole or not at all`(count: Int) throws {
        let bytes = (0..<count).map { UInt8(0x61 + $0 % 26) }
        for chunk in [1, 7, 80, 65_536] {
            var stream = stream(bytes, shown: 10, chunk: chunk)
            let (whole, note) = stream.finish(named: "stdout", shownCharacters: 10)
            #expect(note == nil)
            #expect((whole != nil) == (count > 10))
            #expect(try whole?.read(0..<Int64(count)) == (count > 10 ? bytes : nil))
            #expect(stream.keeper.totalBytes == Int64(count))
        }
    }

    @Test func `without a store nothing is kept`() {
        var stream = OutputStream(shownCharacters: 10, store: nil)
        stream.append([UInt8](repeating: 0x61, count: 1000)[...])
        #expect(stream.finish(named: "stdout", shownCharacters: 10).whole == nil)
    }

    @Test func `a store that can't be written to is told`() throws {
        try folder.write("file", [])
        let broken = ArtifactStore(home: folder.path + "/file/below", lifeMilliseconds: 1)
        var stream = OutputStream(shownCharacters: 10, store: broken)
        stream.append([UInt8](repeating: 0x61, count: 1000)[...])
        let (whole, note) = stream.finish(named: "stdout", shownCharacters: 10)
        #expect(whole == nil)
        #expect(note?.hasPrefix("the whole of stdout could not be kept: ") == true)
        #expect(stream.keeper.text(shownCharacters: 10).total == 1000)
    }
}
