import Foundation
import MCP
import Notation
import Testing

/// Conversations as files. `RECORD=1` rewrites the server's side; review the change like code.
@Suite struct TranscriptTests {
    @Test func `there are transcripts to replay`() throws {
        #expect(try Transcript.all().count >= 10)
    }

    @Test(arguments: try Transcript.all())
    func `the server answers as recorded`(_ transcript: Transcript) throws {
        let replayed = try transcript.replay().lines
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            let file = Transcript.folder.appending(path: transcript.name)
            try replayed.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
        } else {
            #expect(replayed == transcript.lines)
        }
    }

    @Test(arguments: try Transcript.all())
    func `every message fits the official schema of its revision`(
        _ transcript: Transcript
    ) throws {
        var judge = try SchemaJudge()
        var judged = 0
        for said in try transcript.replay().said {
            switch said {
            case .client(let line):
                judge.note(line)
            case .server(let line):
                let faults = try judge.faults(in: line)
                #expect(faults == [], "\(String(decoding: line, as: UTF8.self))")
                judged += 1
            }
        }
        #expect(judged > 0)
    }
}
