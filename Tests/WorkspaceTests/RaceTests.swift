// Others change the workspace while it is read and written: nothing outside is ever reached, and
// nobody ever finds half a file.

import Foundation
import Kernel
import Testing

@testable import Workspace

/// Something done again and again by a thread of its own, until it is told to stop.
final class Meanwhile: Sendable {
    private let state = Monitor((stop: false, ended: false, turns: 0))

    init(_ work: @escaping @Sendable (Int) -> Void) throws {
        let state = state
        try Threads.start {
            while let turn = state.read({ $0.stop ? nil : $0.turns }) {
                work(turn)
                state.read { $0.turns += 1 }
            }
            state.update { $0.ended = true }
        }
    }

    /// How often it was done in all.
    func stop() -> Int {
        state.update { $0.stop = true }
        return state.wait { $0.ended ? $0.turns : nil } ?? 0
    }
}

@Suite(.timeLimit(.minutes(2))) struct RaceTests {
    private static let turns = 2_000

    /// What may come of a read or a write of a place that changes.
    private static let fair: Set<WorkspaceRefusal.Code> = [
        .outsideWorkspace, .notFound, .wrongKind, .busy,
    ]

    /// Swaps two names of the workspace without end, reads and writes by the first, and sees that
    /// nothing outside was read or has changed. Counts what succeeded and what was refused, more
    /// than `wanted` of each.
    private func race(
        _ ground: Ground, swapping first: String, with second: String, using path: String,
        wanted: Int = 100
    ) throws -> (done: Int, refused: Int) {
        let before = try Tree("\(ground.path)/outside")
        let (one, other) = (ground(first), ground(second))
        let swapping = try Meanwhile { _ in
            do { try Files.exchange(one, with: other) } catch { print("not swapped: \(error)") }
        }
        var counts = (done: 0, refused: 0)
        var turn = 0
        let deadline = Moment.now.advanced(byMilliseconds: 30_000)
        // On a busy machine one of the names can stand for long: until both were met often.
        while turn < Self.turns
            || min(counts.done, counts.refused) <= wanted && Moment.now < deadline
        {
            turn += 1
            for isWrite in [false, true] {
                do throws(WorkspaceRefusal) {
                    if isWrite {
                        let text = Array("inside \(turn)".utf8)
                        _ = try ground.workspace.write(path, text, overwrite: true)
                    } else {
                        let file = try ground.workspace.read(path, maximumBytes: 1 << 20)
                        #expect(String(decoding: file.bytes, as: UTF8.self).hasPrefix("inside"))
                    }
                    counts.done += 1
                } catch {
                    #expect(Self.fair.contains(error.code), "\(error)")
                    counts.refused += 1
                }
            }
        }
        #expect(swapping.stop() > 100)
        #expect(try Tree("\(ground.path)/outside") == before)
        return counts
    }

    @Test func `a directory on the way that turns into a link leads nowhere`() throws {
        let ground = try Ground()
        try ground.put("directory/file", "inside")
        try Files.makeLink(ground.outside("directory"), at: ground("other"))
        let counts = try race(ground, swapping: "directory", with: "other", using: "directory/file")
        #expect(counts.done > 100 && counts.refused > 100, "\(counts)")
    }

    @Test func `a directory that is to be made and turns into a link leads nowhere`() throws {
        let ground = try Ground()
        try Files.makeDirectory(ground("directory"))
        try Files.makeLink(ground.outside("directory"), at: ground("other"))
        let counts = try race(
            ground, swapping: "directory", with: "other", using: "directory/new/new/file")
        #expect(counts.done > 100 && counts.refused > 100, "\(counts)")
        #expect(!Files.exists(ground.outside("directory/new")))
    }

    @Test func `a file that turns into a link is not followed`() throws {
        let ground = try Ground()
        try ground.put("file", "inside")
        try Files.makeLink(ground.outside("canary"), at: ground("other"))
        // A write that finds the file replaces the link, if that has come in between, by a file:
        // then there are two files, and all is well from then on.
        _ = try race(ground, swapping: "file", with: "other", using: "file", wanted: 0)
    }

    @Test func `a file that turns into a pipe is not waited for`() throws {
        let ground = try Ground()
        try ground.put("directory/file", "inside")
        try Files.makeDirectory(ground("other"))
        try #require(mkfifo(ground("other/file"), 0o666) == 0)
        let counts = try race(ground, swapping: "directory", with: "other", using: "directory/file")
        #expect(counts.done > 100 && counts.refused > 100, "\(counts)")
    }

    @Test func `who reads while others write finds one of the versions`() throws {
        let ground = try Ground()
        let versions = (UInt8(0)..<3).map { [UInt8](repeating: $0, count: 100_000) }
        _ = try ground.workspace.write("file", versions[0], overwrite: false)
        let writers = try (0..<3).map { number in
            try Meanwhile { turn in
                let bytes = versions[(number + turn) % 3]
                #expect(
                    refusal { try ground.workspace.write("file", bytes, overwrite: true) } == nil)
            }
        }
        for _ in 0..<200 {
            let bytes = try ground.workspace.read("file", maximumBytes: 1 << 20).bytes
            #expect(versions.contains(bytes))
        }
        for writer in writers { #expect(writer.stop() > 3) }
        #expect(try Tree(ground("")).names == ["file"])
    }

    @Test func `of many who write a new file one does`() throws {
        let ground = try Ground()
        for turn in 0..<50 {
            let won = Monitor((done: 0, refused: 0))
            for number in UInt8(0)..<4 {
                try Threads.start {
                    let refused = refusal {
                        try ground.workspace.write(
                            "\(turn)/new/file", [number], overwrite: false)
                    }
                    #expect(refused == nil || refused?.code == .exists)
                    won.update { if refused == nil { $0.done += 1 } else { $0.refused += 1 } }
                }
            }
            let soon = Moment.now.advanced(byMilliseconds: 10_000)
            let counts = won.wait(until: soon) { $0.done + $0.refused == 4 ? $0 : nil }
            #expect(counts?.done == 1)
        }
    }

    @Test func `many who replace a file that comes and goes all succeed or say so`() throws {
        let ground = try Ground()
        let path = ground("file")
        let removing = try Meanwhile { _ in _ = try? Files.remove(path) }
        for turn in 0..<500 {
            let refused = refusal {
                try ground.workspace.write("file", Array("\(turn)".utf8), overwrite: true)
            }
            #expect(refused == nil || refused?.code == .busy)
        }
        _ = removing.stop()
        #expect(try Tree(ground("")).names.allSatisfy { $0 == "file" })
    }

    @Test func `a file that is removed is there or is not`() throws {
        let ground = try Ground()
        let path = ground("file")
        let text = String(repeating: "inside ", count: 50_000)
        let making = try Meanwhile { turn in
            if turn % 2 == 0 {
                _ = try? ground.put("file", text)
            } else {
                _ = try? Files.remove(path)
            }
        }
        var counts = (there: 0, missing: 0)
        for _ in 0..<2_000 {
            do throws(WorkspaceRefusal) {
                let bytes = try ground.workspace.read("file", maximumBytes: 1 << 20).bytes
                #expect(bytes == Array(text.utf8))
                counts.there += 1
            } catch {
                #expect(error.code == .notFound)
                counts.missing += 1
            }
        }
        #expect(making.stop() > 10)
        #expect(counts.there > 0 && counts.missing > 0)
    }

    @Test func `a file that grows is read as it was at one moment, or not at all`() throws {
        let ground = try Ground()
        try ground.put("log", "")
        let path = ground("log")
        let line = Array("one line of the log\n".utf8)
        let growing = try Meanwhile { _ in
            do { try Files.open(path, .append).write(line) } catch { print("no log: \(error)") }
        }
        var seen: Set<WorkspaceRefusal.Code?> = []
        for _ in 0..<300 {
            do throws(WorkspaceRefusal) {
                let bytes = try ground.workspace.read("log", maximumBytes: 50_000).bytes
                #expect(bytes.count % line.count == 0)
                seen.insert(nil)
            } catch {
                #expect(error.code == .busy || error.code == .tooLarge)
                seen.insert(error.code)
            }
        }
        while try Files.open(path).status().size <= 50_000 { usleep(1_000) }
        _ = growing.stop()
        #expect(refusal { try ground.read("log", limit: 50_000) }?.code == .tooLarge)
        #expect(!seen.isEmpty)
    }
}
