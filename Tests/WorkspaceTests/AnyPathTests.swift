// Whatever is asked for, nothing outside is read or changed.

import Kernel
import Testing

@testable import Workspace

@Suite(.timeLimit(.minutes(2))) struct AnyPathTests {
    /// What paths are made of, the nastiest first.
    private static let parts = [
        "..", "../", "/", "//", ".", "./", "~", "\0", "\n", "\\", "..\\", "%2e%2e", "\u{202e}",
        "...", "outside", "canary", "workspace", "link", "directory", "file", "up", "self", "new",
        "fd", "proc", "é", "e\u{301}", " ", "*", "-", "a",
    ]

    @Test(arguments: UInt64(0)..<8)
    func `no path leads out`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let ground = try Ground()
        try ground.put("file", "inside")
        try ground.put("directory/file", "inside")
        try Files.makeLink("../outside", at: ground("link"))
        try Files.makeLink(ground.outside("canary"), at: ground("directory/canary"))
        try Files.makeLink("..", at: ground("up"))
        try Files.makeLink("/proc/self", at: ground("self"))
        let before = try Tree("\(ground.path)/outside")
        var written = 0
        for turn in 0..<2_000 {
            let path = Self.path(in: ground, using: &generator)
            do throws(WorkspaceRefusal) {
                switch turn % 4 {
                case 0, 1:
                    let text = Array("inside".utf8)
                    let file = try ground.workspace.write(path, text, overwrite: turn % 4 == 0)
                    #expect(file.path.hasPrefix(ground("")))
                    written += 1
                case 2:
                    let file = try ground.workspace.read(path, maximumBytes: 1 << 20)
                    #expect(file.bytes == Array("inside".utf8), "\(path)")
                default:
                    let listing = try ground.workspace.list(path, suffix: "")
                    #expect(!listing.files.contains { $0.printable.contains("file.py") }, "\(path)")
                }
            } catch {
                #expect(error.reason.unicodeScalars.allSatisfy { $0.value >= 0x20 })
            }
        }
        #expect(written > 20)
        #expect(try Tree("\(ground.path)/outside") == before)
        #expect(try Files.names(in: ground.path).sorted() == ["outside", "workspace"])
    }

    private static func path(in ground: Ground, using generator: inout SeededGenerator) -> String {
        let starts = ["", "", "", "/", ground(""), ground.path, ground.outside(""), "./"]
        var path = starts.randomElement(using: &generator) ?? ""
        for _ in 0..<Int.random(in: 0...6, using: &generator) {
            path += parts.randomElement(using: &generator) ?? ""
            if Bool.random(using: &generator) { path += "/" }
        }
        return path
    }
}
