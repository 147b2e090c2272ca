// The type of a file: what its name claims, if its bytes bear it out.

import Testing

@testable import Engine

@Suite struct MediaTypeTests {
    static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    static let cases: [(String, [UInt8], String)] = [
        ("a.png", png, "image/png"), ("A.PNG", png, "image/png"), ("a", png, "image/png"),
        ("a.txt", png, "image/png"), ("a.png", Array("hello".utf8), MediaType.unknown),
        ("a.png", [], MediaType.unknown), ("a.jpg", png, MediaType.unknown),
        ("a.json", png, MediaType.unknown), ("a.txt", Array("hi".utf8), "text/plain"),
        ("png", Array("hi".utf8), "text/plain"), ("a.gif", Array("GIF89a".utf8), "image/gif"),
        ("a.npz", [0x50, 0x4B, 3, 4], "application/x-npz"),
        ("a.zip", [0x50, 0x4B, 3, 4], "application/zip"),
        ("a.md", Array("# x".utf8), "text/markdown"), ("a.csv", [0], MediaType.unknown),
        ("a.json", Array("  [1]".utf8), "application/json"),
        ("a.json", Array("hello".utf8), MediaType.unknown),
        ("a.svg", Array("<?xml?><svg".utf8), "image/svg+xml"),
        ("a.svg", Array("<html>".utf8), MediaType.unknown),
        ("a.bin", [0xC3], MediaType.unknown), ("a.bin", Array("ü".utf8), "text/plain"),
    ]

    @Test(arguments: cases)
    func `name and bytes together`(name: String, head: [UInt8], mime: String) {
        #expect(MediaType.of(name, head: head) == mime)
    }

    @Test func `text whose head ends inside a character is text`() {
        let long = Array(String(repeating: "ü", count: 3000).utf8)
        for start in 0...1 {
            let head = Array(
                (Array(repeating: UInt8(0x61), count: start) + long)
                    .prefix(MediaType.headBytes))
            #expect(MediaType.of("a.txt", head: head) == "text/plain")
        }
    }

    @Test func `a picture is what its bytes say`() {
        #expect(MediaType.picture(Self.png) == "image/png")
        #expect(MediaType.picture([0xFF, 0xD8, 0xFF]) == "image/jpeg")
        #expect(MediaType.picture(Array("<svg/>".utf8)) == nil)
        #expect(MediaType.picture([]) == nil)
    }
}
