import Foundation
import MCP
import Notation
import Testing

/// A conversation in a file: `> ` the client sends a line, `< ` the server answers one, `! ` the
/// gateway does something, `#` and blank lines are for the reader.
///
///     ! limit 200      lines above 200 bytes are too long; only as the first entry
///     ! offer all      the server offers more than tools; only as the first entry
///     ! task 7         the held call with this id becomes a task
///     ! finish 7       the held call with this id ends
///     ! wait 500       milliseconds pass, and open questions may expire
///     ! repeat 300 x   the client sends a line of 300 times "x"
struct Transcript: CustomTestStringConvertible {
    let name: String
    let lines: [String]

    var testDescription: String { name }

    struct Malformed: Error {
        let line: String
    }

    static let folder = Fixture.tests.appending(path: "Transcripts")

    /// Every file of the folder; the tests refuse an empty list.
    static func all() throws -> [Transcript] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".jsonl") }
            .sorted()
            .map { file in
                let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
                return Transcript(
                    name: file,
                    lines: text.split(separator: "\n", omittingEmptySubsequences: false)
                        .map(String.init))
            }
    }

    /// Replays the client's side. Returns the file as it would be with the server's present
    /// answers, and everything both sides said.
    func replay() throws -> (lines: [String], said: [Said]) {
        var gateway = SmallGateway(
            maxLineBytes: try limit(),
            offer: lines.contains("! offer all") ? Fixture.everything : .tools)
        var written: [String] = []
        var said: [Said] = []
        for line in lines where !line.hasPrefix("< ") {
            written.append(line)
            let answers: [[UInt8]]
            if line.hasPrefix("> ") {
                let sent = Array(line.utf8.dropFirst(2))
                said.append(.client(sent))
                answers = gateway.receive(sent + [0x0A])
            } else if line.hasPrefix("! ") {
                answers = try act(on: line, &gateway)
            } else if line.isEmpty || line.hasPrefix("#") {
                continue
            } else {
                throw Malformed(line: line)
            }
            for answer in answers {
                said.append(.server(answer))
                written.append("< " + String(decoding: answer, as: UTF8.self))
            }
        }
        return (written, said)
    }

    enum Said {
        case client([UInt8])
        case server([UInt8])
    }

    private func act(on line: String, _ gateway: inout SmallGateway) throws -> [[UInt8]] {
        let words = line.split(separator: " ")
        switch (words.dropFirst().first, words.count) {
        case ("limit", 3), ("offer", 3):
            return []
        case ("task", 3):
            guard let id = RequestID(try JSON(parsing: Array(words[2].utf8))) else {
                throw Malformed(line: line)
            }
            return gateway.makeTask(of: id)
        case ("finish", 3):
            guard let id = RequestID(try JSON(parsing: Array(words[2].utf8))) else {
                throw Malformed(line: line)
            }
            return gateway.finish(id)
        case ("wait", 3):
            guard let milliseconds = Int64(words[2]) else { throw Malformed(line: line) }
            return gateway.wait(milliseconds: milliseconds)
        case ("repeat", 4):
            guard let count = Int(words[2]) else { throw Malformed(line: line) }
            let text = String(repeating: String(words[3]), count: count)
            return gateway.receive(Array(text.utf8) + [0x0A])
        default:
            throw Malformed(line: line)
        }
    }

    private func limit() throws -> Int {
        guard let line = lines.first(where: { $0.hasPrefix("! limit ") }) else {
            return LineSplitter.standardMaxLineBytes
        }
        guard let bytes = Int(line.dropFirst("! limit ".count)) else {
            throw Malformed(line: line)
        }
        return bytes
    }
}
