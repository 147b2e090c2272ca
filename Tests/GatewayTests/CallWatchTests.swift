// What is told of a call while it lasts, and when it may become a task.

import Kernel
import MCP
import Notation
import Testing

@testable import Gateway

@Suite struct CallWatchTests {
    private static var soon: Moment { .now.advanced(byMilliseconds: 10_000) }

    /// A call whose client wants progress.
    private func request(_ meta: String = #"{"progressToken":1}"#) throws -> CallRequest {
        let encoder = Encoder(server: ServerDescription(name: "t", version: "1"), offer: .tools)
        var conversation = Conversation(encoder: encoder)
        _ = conversation.receive(
            Array(
                #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"#.utf8)
                + Array(#""protocolVersion":"2025-11-25","capabilities":{}}}"#.utf8))
        let line = #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x","_meta":"#
        guard case .call(let call) = conversation.receive(Array((line + meta + "}}").utf8)) else {
            throw Failure.noCall
        }
        return call
    }

    private enum Failure: Error { case noCall }

    /// A watch, and the end of the pipe it writes to.
    private struct Watched: ~Copyable {
        let watch: CallWatch
        let reader: Descriptor

        init(
            _ request: CallRequest, taskAfter: Int64? = nil,
            becomeTask: @escaping @Sendable (CallWatch) -> Void = { _ in }
        ) throws {
            var pipe = try Pipe()
            let watch = CallWatch(
                request, writer: LineWriter(pipe.takeWriter()), taskAfter: taskAfter,
                becomeTask: becomeTask)
            let made = try #require(watch)
            self.watch = made
            reader = pipe.takeReader()
        }

        /// What the next notification says.
        func message() throws -> String? {
            var buffer = [UInt8](repeating: 0, count: 4096)
            let got = try reader.read(into: &buffer, from: 0) ?? 0
            return try JSON(parsing: Array(buffer[..<got]))["params"]?["message"]?.asString
        }
    }

    @Test func `nobody watches a call whose client wants nothing`() throws {
        var pipe = try Pipe()
        let writer = LineWriter(pipe.takeWriter())
        let watch = CallWatch(try request("{}"), writer: writer, taskAfter: nil) { _ in }
        #expect(watch == nil)
    }

    @Test func `the first report comes after a second, with the last line`() throws {
        let reminders = try Reminders()
        let watched = try Watched(try request())
        let watch = watched.watch
        let start = Moment.now
        watch.lasts(reminders)
        watch.lasts(reminders)
        #expect(reminders.count == 1)
        watch.note(.running(lastLine: "line"))
        let message = try watched.message()
        #expect(message == "running, 1 s: line")
        let milliseconds = Moment.now.nanoseconds(since: start) / 1_000_000
        #expect((950...4000).contains(milliseconds))
        watch.close(reminders)
        #expect(reminders.count == 0)
    }

    @Test func `the end of a wait is told at once, if it was one`() throws {
        let watched = try Watched(try request())
        let watch = watched.watch
        watch.note(.waiting)
        watch.note(.running(lastLine: ""))
        watch.note(.waiting)
        #expect(watch.report.phase == .waiting)
        let noted = Monitor(false)
        _ = noted.wait(until: .now.advanced(byMilliseconds: 150)) { $0 ? true : nil }
        watch.note(.running(lastLine: "x"))
        let message = try watched.message()
        #expect(message == "running, 0 s: x", "the short wait before was not told")
    }

    @Test func `nothing is told of a call that is closed`() throws {
        let reminders = try Reminders()
        let watched = try Watched(try request())
        let watch = watched.watch
        try watched.reader.setNonblocking(true)
        watch.note(.waiting)
        let pause = Monitor(false)
        _ = pause.wait(until: .now.advanced(byMilliseconds: 150)) { $0 ? true : nil }
        watch.close(reminders)
        watch.note(.running(lastLine: "late"))
        watch.lasts(reminders)
        #expect(reminders.count == 0)
        var buffer = [UInt8](repeating: 0, count: 100)
        let got = try watched.reader.read(into: &buffer, from: 0)
        #expect(got == nil)
    }

    @Test func `a call becomes a task when it is decided, and not before`() throws {
        let reminders = try Reminders()
        let made = Monitor(0)
        let watched = try Watched(try request(), taskAfter: 30) { _ in made.update { $0 += 1 } }
        let watch = watched.watch
        watch.lasts(reminders)
        let early = made.wait(until: .now.advanced(byMilliseconds: 120)) { $0 > 0 ? $0 : nil }
        #expect(early == nil)
        watch.decided()
        watch.decided()
        #expect(made.read { $0 } == 1)
        watch.close(reminders)
    }

    @Test func `a decided call becomes a task in time, once`() throws {
        let reminders = try Reminders()
        let made = Monitor(0)
        let watched = try Watched(try request(), taskAfter: 60) { watch in
            watch.isTask("id")
            made.update { $0 += 1 }
        }
        let watch = watched.watch
        watch.decided()
        #expect(made.read { $0 } == 0)
        watch.lasts(reminders)
        let count = made.wait(until: Self.soon) { $0 > 0 ? $0 : nil }
        #expect(count == 1)
        #expect(watch.taskID == "id")
        watch.close(reminders)
    }
}
