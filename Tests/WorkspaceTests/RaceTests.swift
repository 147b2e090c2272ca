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

    /// How often a race must end either way before it is over.
    private static let wanted = 100

    /// Reads and writes a file of the workspace while a thread disturbs it without end, and sees
    /// that nothing outside was read or has changed. Ends when it was done and was refused often.
    private func race(
        _ ground: Ground, using path: String, disturbing: @escaping @Sendable (Int) -> Void
    ) throws {
        let before = try Tree("\(ground.path)/outside")
        let disturber = try Meanwhile(disturbing)
        var counts = (done: 0, refused: 0)
        var turn = 0
        let deadline = Moment.now.advanced(byMilliseconds: 30_000)
        // On a busy machine one state of things can last for long.
        while turn < Self.turns
            || min(counts.done, counts.refused) < Self.wanted && Moment.now < deadline
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
        #expect(disturber.stop() > 10)
        #expect(counts.done >= Self.wanted && counts.refused >= Self.wanted, "\(counts)")
        #expect(try Tree("\(ground.path)/outside") == before)
    }

    /// A race in which two names of the workspace are swapped.
    private func race(
        _ ground: Ground, using path: String, swapping first: String, with second: String
    ) throws {
        let (one, other) = (ground(first), ground(second))
        try race(ground, using: path) { _ in
            do { try Files.exchange(one, with: other) } catch { print("not swapped: \(error)") }
        }
    }

    @Test func `a directory on the way that turns into a link leads nowhere`() throws {
        let ground = try Ground()
        try ground.put("directory/file", "inside")
        try Files.makeLink(ground.outside("directory"), at: ground("other"))
        try race(ground, using: "directory/file", swapping: "directory", with: "other")
    }

    @Test func `a directory that is to be made and turns into a link leads nowhere`() throws {
        let ground = try Ground()
        try Files.makeDirectory(ground("directory"))
        try Files.makeLink(ground.outside("directory"), at: ground("other"))
        try race(ground, using: "directory/new/new/file", swapping: "directory", with: "other")
        #expect(!Files.exists(ground.outside("directory/new")))
    }

    @Test func `a file that turns into a link is not followed`() throws {
        let ground = try Ground()
        let (file, link) = (ground("file"), ground("link"))
        let target = ground.outside("canary")
        try race(ground, using: "file") { turn in
            // A write may have put a file where the link was: both are made anew.
            if turn % 2 == 0 {
                _ = try? Files.makeLink(target, at: link)
                _ = try? Files.move(link, to: file)
            } else {
                _ = try? ground.put("file", "inside")
            }
        }
    }

    @Test func `a file that turns into a pipe is not waited for`() throws {
        let ground = try Ground()
        try ground.put("directory/file", "inside")
        try Files.makeDirectory(ground("other"))
        try #require(mkfifo(ground("other/file"), 0o666) == 0)
        try race(ground, using: "directory/file", swapping: "directory", with: "other")
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
        let deadline = Moment.now.advanced(byMilliseconds: 30_000)
        while min(counts.there, counts.missing) < Self.wanted, Moment.now < deadline {
            do throws(WorkspaceRefusal) {
                let bytes = try ground.workspace.read("file", maximumBytes: 1 << 20).bytes
                #expect(bytes == Array(text.utf8))
                counts.there += 1
            } catch {
                #expect(error.code == .notFound)
                counts.missing += 1
            }
        }
        _ = making.stop()
        #expect(counts.there >= Self.wanted && counts.missing >= Self.wanted, "\(counts)")
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

    @Test func `a file that never comes to rest is not read half`() throws {
        let ground = try Ground()
        let line = [UInt8](repeating: 0x61, count: 16)
        try ground.put("log", String(repeating: "a", count: 8 << 20))
        let path = ground("log")
        let growing = try Meanwhile { turn in
            guard turn < 200_000 else { return }
            do { try Files.open(path, .append).write(line) } catch { print("no log: \(error)") }
        }
        // Some 8 MiB take longer to read than a line takes to write, unless this thread alone runs.
        let deadline = Moment.now.advanced(byMilliseconds: 20_000)
        var refused: WorkspaceRefusal?
        while refused == nil, Moment.now < deadline {
            refused = refusal { try ground.workspace.read("log", maximumBytes: 16 << 20) }
        }
        #expect(growing.stop() > 0)
        #expect(refused?.code == .busy)
        #expect(try ground.read("log", limit: 16 << 20).count >= 8 << 20)
    }
}
