// Replies about files of the workspace.

import Notation
import Testing

@testable import Catalog

@Suite struct FileReplyTests {
    private func read(
        _ path: String, _ bytes: [UInt8], notes: [String] = []
    ) throws -> Reply {
        let plan = Plan(
            .files(.read(path, maximumBytes: 1)), limits: Samples.limits, notes: notes)
        let done = Done.files(.content(FileContent(path: path, bytes: bytes)))
        let reply = try Samples.reply(ReadFile.self, done, plan)
        Samples.expectAllFields(of: ReadFile.self, in: reply)
        return reply
    }

    @Test(
        arguments: [
            ("/ws/a.py", "x = 1\n", "```py\nx = 1\n```"), ("/ws/a.PY", "x", "```py\nx\n```"),
            ("/ws/a", "x", "```\nx\n```"), ("/ws/.py", "x", "```\nx\n```"),
            ("/ws/a.json", "", "```json\n```"), ("/ws/a.exe", "x", "```\nx\n```"),
            ("/ws.py/a", "x", "```\nx\n```"),
            ("/ws/a.md", "```\nx\n```\n", "````md\n```\nx\n```\n````"),
            ("/ws/a.md", "a `````` b", "```````md\na `````` b\n```````"),
        ])
    func `text is fenced by its ending, and can't end its fence`(
        path: String, text: String, fenced: String
    ) throws {
        let reply = try read(path, Array(text.utf8))
        #expect(reply.text == "File: \(path)\n\n\(fenced)")
        #expect(reply.structured["content"] == .string(text))
        #expect(reply.structured["encoding"] == "utf-8")
        #expect(reply.structured["bytes"] == .integer(Int64(text.utf8.count)))
        #expect(reply.structured["truncated"] == false)
    }

    @Test func `bytes that are no text are an excerpt in digits, and their number`() throws {
        let bytes = [0xFF] + [UInt8](repeating: 0xAB, count: 2000)
        let reply = try read("/ws/a.bin", bytes)
        let digits = "ff" + String(repeating: "ab", count: 511)
        #expect(reply.structured["content"] == .string(digits))
        #expect(reply.structured["encoding"] == "hex")
        #expect(reply.structured["bytes"] == 2001)
        #expect(reply.structured["truncated"] == true)
        #expect(
            reply.text == """
                Binary file: /ws/a.bin, 1.95 KB (2001 bytes). The first 1024 hexadecimal digits:
                \(digits)
                """)
    }

    @Test(
        arguments: [
            ([0x61, 0x00], "6100"), ([0xC3], "c3"), ([0xED, 0xA0, 0x80], "eda080"),
            ([0xC0, 0x80], "c080"),
        ] as [([UInt8], String)])
    func `a NUL and broken UTF-8 are no text`(bytes: [UInt8], digits: String) throws {
        let reply = try read("/ws/a.py", bytes)
        #expect(reply.structured["content"] == .string(digits))
        #expect(reply.structured["truncated"] == false)
    }

    @Test func `a file's name can't look like another line`() throws {
        let reply = try read("/ws/a\nFile: b", [])
        #expect(reply.text.hasPrefix("File: /ws/a\\u{a}File: b\n"))
        #expect(reply.structured["path"] == "/ws/a\nFile: b")
    }

    @Test func `a lowered size is said`() throws {
        let reply = try read("/ws/a.py", [], notes: ["lowered"])
        #expect(reply.text.hasPrefix("note: lowered\nFile: "))
        #expect(reply.structured["notes"] == ["lowered"])
    }

    @Test(arguments: [(true, "a new file"), (false, "replaced")])
    func `a written file is told with its size`(isNew: Bool, word: String) throws {
        let plan = Plan(.files(.write("a", [], overwrite: true)), limits: Samples.limits)
        let done = Done.files(.written(path: "/ws/a", bytes: 1600, isNew: isNew))
        let reply = try Samples.reply(WriteFile.self, done, plan)
        Samples.expectAllFields(of: WriteFile.self, in: reply)
        #expect(reply.text == "Wrote /ws/a: 1.56 KB (1600 bytes), \(word).")
        #expect(reply.structured["created"] == .bool(isNew))
    }

    // MARK: Listings

    private func list(_ files: [FileListing.File], isCut: Bool = false) throws -> Reply {
        let listing = FileListing(directory: "/ws", files: files, isCut: isCut)
        let plan = Plan(.files(.list("")), limits: Samples.limits)
        let reply = try Samples.reply(ListDirectory.self, .files(.listing(listing)), plan)
        Samples.expectAllFields(of: ListDirectory.self, in: reply)
        return reply
    }

    private func file(
        _ path: String, _ bytes: Int64 = 1024, at time: Int64 = 0
    )
        -> FileListing.File
    { FileListing.File(path: path, bytes: bytes, modified: time) }

    @Test func `files are listed by folder, each once, with their sizes`() throws {
        let reply = try list([
            file("a.py", 0), file("b/x.py", 10), file("b/c/y.py", 1_048_576), file("c.py", 1500),
            file("b/w.py"),
        ])
        #expect(
            reply.text == """
                Python files in /ws:
                ./
                  a.py (0.00 KB)
                  c.py (1.46 KB)
                b/
                  w.py (1.00 KB)
                  x.py (0.00 KB)
                b/c/
                  y.py (1024.00 KB)
                """)
        let paths = reply.structured["files"]?.asArray?.compactMap { $0["path"]?.asString }
        #expect(paths == ["a.py", "c.py", "b/w.py", "b/x.py", "b/c/y.py"])
        #expect(reply.structured["count"] == 5)
        #expect(reply.structured["truncated"] == false)
    }

    @Test func `an empty directory and a cut search are told apart`() throws {
        #expect(try list([]).text == "No Python files in /ws.")
        let cut = try list([], isCut: true)
        #expect(cut.text.hasPrefix("note: the list ends after 0 files, and"))
        #expect(cut.text.contains("No Python files seen so far in /ws."))
        #expect(cut.structured["truncated"] == true)
    }

    @Test func `a list too long for a reader is cut, and it is said`() throws {
        let name = String(repeating: "a", count: 200)
        let reply = try list((0..<5000).map { file("\(10_000 + $0)\(name).py") })
        #expect(reply.text.utf8.count < LineList.maximumBytes + 200)
        let shown = try #require(reply.structured["count"]?.asInteger)
        #expect(shown > 1000 && shown < 5000)
        #expect(reply.structured["files"]?.asArray?.count == Int(shown))
        #expect(reply.structured["truncated"] == true)
        #expect(reply.text.contains("the list ends after \(shown) files"))
    }

    @Test func `odd names and times do no harm`() throws {
        let reply = try list([file("d\n/e\u{202E}.py", .max, at: .max), file("/f", 1, at: .min)])
        #expect(reply.text.contains("d\\u{a}/\n  e\\u{202e}.py ("))
        #expect(reply.structured["files"]?.asArray?.map { $0["modified"] } == [.null, .null])
        let dated = try list([file("a.py", at: 1_700_000_000)]).structured["files"]?.asArray
        #expect(dated?.first?["modified"] == "2023-11-14T22:13:20Z")
    }
}
