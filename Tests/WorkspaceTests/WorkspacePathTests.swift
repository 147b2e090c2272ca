// Paths as callers write them, before any file is touched.

import Kernel
import Testing

@testable import Workspace

@Suite struct WorkspacePathTests {
    private static let spellings = ["/data/srv/project", "/srv/project"].map { Array($0.utf8) }

    private func path(
        _ text: String, _ meaning: WorkspacePath.Meaning = .file
    ) throws(WorkspaceRefusal) -> String {
        let path = try WorkspacePath(
            text, meaning: meaning, workspace: "/data/srv/project", spellings: Self.spellings)
        return String(decoding: path.names.bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("a.py", "a.py"), ("a/b c/d.py", "a/b c/d.py"), ("./a", "a"), ("././a/b", "a/b"),
        ("/data/srv/project/a/b", "a/b"), ("/srv/project/a", "a"), ("...", "..."),
        ("..a/b..", "..a/b.."), (".hidden", ".hidden"), ("a\n\u{1b}[2J", "a\n\u{1b}[2J"),
        ("a/~", "a/~"), ("~a", "~a"), ("ü/日本", "ü/日本"), ("a\\..\\b", "a\\..\\b"),
        ("-rf", "-rf"), ("C:\\x", "C:\\x"), (" ", " "),
    ])
    func `a file inside`(text: String, is bytes: String) throws {
        #expect(try path(text) == bytes)
    }

    @Test(arguments: ["", ".", "./", "/srv/project", "/srv/project/", "/data/srv/project/."])
    func `the workspace itself is a directory and no file`(text: String) throws {
        #expect(try path(text, .directory) == "")
        #expect(refusal { try path(text) }?.code == .invalidPath)
    }

    @Test(arguments: ["a/", "./a/", "/srv/project/a/", "a"])
    func `a directory may end with a slash`(text: String) throws {
        #expect(try path(text, .directory) == "a")
    }

    @Test(arguments: [
        "..", "../x", "a/../b", "a/..", "./..", "/srv/project/..", "/srv/project/../project/a",
        "a/b/../../../x", "../srv/project/a", "/", "/etc/passwd", "//etc/passwd", "/srv",
        "/srv/projects/a", "/srv/project-2/a", "/srv/projec", "//srv/project/a",
        "/./srv/project/a", "/SRV/project/a", "/proc/self/root/etc/passwd",
    ])
    func `what leads out is refused, also if it came back`(text: String) {
        for meaning in [WorkspacePath.Meaning.file, .directory] {
            let refused = refusal { try path(text, meaning) }
            #expect(refused?.code == .outsideWorkspace)
            #expect(refused?.reason.contains("\"\(text)\"") == true)
        }
    }

    @Test(arguments: [
        "a//b", "a/./b", "a//", "/srv/project//a", "~", "~/x", "/srv/project/~/x", ".//a",
        "./~/a",
    ])
    func `a second spelling is refused`(text: String) {
        for meaning in [WorkspacePath.Meaning.file, .directory] {
            #expect(refusal { try path(text, meaning) }?.code == .invalidPath)
        }
    }

    @Test(arguments: ["a/", "a/b/", "/srv/project/a/", "a\0", "\0", "a\0b/c", "/etc\0/passwd"])
    func `a file's path is refused`(text: String) {
        #expect(refusal { try path(text) }?.code == .invalidPath)
    }

    @Test func `lengths are counted in bytes, up to their limits`() throws {
        let name = String(repeating: "ü", count: 127) + "x"
        #expect(try path(name).utf8.count == 255)
        #expect(refusal { try path(name + "x") }?.code == .invalidPath)
        let long = Array(repeating: name, count: 15).joined(separator: "/")
        let longest = long + "/" + String(repeating: "y", count: 4095 - long.utf8.count - 1)
        #expect(try path(longest).utf8.count == 4095)
        let refused = try #require(refusal { try path(longest + "z") })
        #expect(refused.code == .invalidPath)
        #expect(refused.reason.utf8.count < 600)
    }

    @Test func `names are told without what could mislead`() {
        #expect(PrintableText.quoted("a\n\u{1b}[2J\t\"b\\") == #""a\n\x1b[2J\t"b\\""#)
        #expect(
            PrintableText.of("x\u{202e}yp.\u{200b}\u{2028}\u{85}ü日".utf8)
                == #"x\u{202e}yp.\u{200b}\u{2028}\u{85}ü日"#)
        #expect(PrintableText.of([0x61, 0xFF, 0xC3, 0x28, 0xE2, 0x82]) == #"a\xff\xc3(\xe2\x82"#)
        #expect(PrintableText.of([0x7F, 0]) == #"\x7f\x00"#)
    }

    @Test(arguments: UInt64(0)..<20)
    func `names that differ are told differently`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let alphabet: [UInt8] = [0x5C, 0x78, 0x75, 0x66, 0x61, 0x6E, 0x0A, 0x7B, 0xC3, 0xBC, 0xFF]
        var seen: [String: [UInt8]] = [:]
        for _ in 0..<2_000 {
            let count = Int.random(in: 1...5, using: &generator)
            let name = (0..<count).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
            let text = PrintableText.of(name)
            #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 })
            #expect(seen[text, default: name] == name)
            seen[text] = name
        }
    }
}
