// Replies with pictures, tables, artifacts and whole streams: structure, text and blocks.

import Notation
import Testing
import Wire

@testable import Catalog

@Suite struct ExecutionReplyShownTests {
    private static let figure = Artifact(
        name: "figure-1.png", mime: "image/png", bytes: 9, uri: "sandboa://artifact/1/figure-1.png")
    private static let whole = Artifact(
        name: "stdout", mime: "text/plain", bytes: 50_000, uri: "sandboa://artifact/2/stdout")
    private static let data = Artifact(
        name: "a.csv", mime: "text/csv", bytes: 3, uri: "sandboa://artifact/3/a.csv")

    private func reply(_ change: (inout Ran) -> Void) throws -> Reply {
        let cut = CapturedText(text: "a…b", shown: 20_000, total: 50_000)
        var ran = Ran(Samples.outcome(.ok, try Samples.report(0, [2: "42"]), output: cut))
        change(&ran)
        let reply = ExecutionReply(ran, Samples.plan()).reply
        let schema = try Schema(compiling: ExecutionReply.schema)
        #expect(schema.violations(of: .object(reply.structured)).isEmpty)
        return reply
    }

    @Test func `a picture is a block with its link, and its file is listed`() throws {
        let reply = try reply { ran in
            ran.artifacts = [Self.data, Self.figure]
            ran.shown = [.picture(mime: "image/png", bytes: [1, 2], original: Self.figure)]
        }
        #expect(
            reply.parts.dropFirst() == [
                .image(mime: "image/png", [1, 2]), .link(Self.figure), .link(Self.data),
            ])
        #expect(
            reply.structured["artifacts"]?.asArray?.map { $0["name"] } == ["a.csv", "figure-1.png"])
        #expect(reply.text.contains("a.csv (text/csv, 3 bytes): sandboa://artifact/3/a.csv"))
    }

    @Test func `the whole of a stream is told where it is cut`() throws {
        let reply = try reply { $0.whole = ["stdout": Self.whole] }
        #expect(
            reply.structured["truncated"]?["stdout"] == [
                "shown": 20_000, "total": 50_000, "uri": .string(Self.whole.uri),
            ])
        #expect(reply.parts.last == .link(Self.whole))
        #expect(reply.structured["artifacts"] == [])
    }

    @Test func `a table is in the text and in the structure`() throws {
        let reply = try reply { ran in
            ran.shown = [
                .table(
                    columns: ["index", "a"], rows: [[0, 1]], markdown: "| index | a |",
                    totalRows: 10_000, totalColumns: 1)
            ]
        }
        #expect(
            reply.text.contains("__TABLE__ (10000 rows, 1 columns; 1 rows told):\n| index | a |"))
        #expect(
            reply.structured["tables"] == [
                [
                    "columns": ["index", "a"], "rows": [[0, 1]], "total_rows": 10_000,
                    "total_columns": 1,
                ]
            ])
    }

    @Test func `what a value tells is in the text and in the structure`() throws {
        let reply = try reply { $0.shown = [.text(mime: "text/html", "<b>")] }
        #expect(reply.text.contains("__SHOWN__ (text/html):\n<b>"))
        #expect(reply.structured["rich"] == [["mime": "text/html", "text": "<b>"]])
    }

    @Test func `what is missing is a note`() throws {
        let reply = try reply { $0.artifactNotes = ["not kept: x"] }
        #expect(reply.structured["notes"] == ["not kept: x"])
        #expect(reply.text.hasPrefix("note: not kept: x\n"))
    }

    @Test func `links have an end`() throws {
        let reply = try reply { $0.artifacts = Array(repeating: Self.data, count: 64) }
        #expect(reply.parts.count == 21)
        #expect(reply.structured["artifacts"]?.asArray?.count == 64)
    }
}
