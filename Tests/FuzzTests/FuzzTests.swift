// Hostile bytes for everything that reads them: they end in an answer or an error, never in a trap.
//
// A second each by default. SANDBOA_FUZZ_SECONDS=600 makes it ten minutes each; SANDBOA_FUZZ_SEED
// another walk. A crash names the seed on the last line printed.

import Foundation
import Notation
import Testing

@testable import MCP
@testable import Policies
@testable import Wire

/// Something that reads foreign bytes.
enum FuzzTarget: String, CaseIterable, Sendable {
    case policyYAML, policyJSON, protocolLine, resultFrame, shownList, toolListing
    case evaluationCall

    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private static func files(in folder: String, _ endings: String...) throws -> [[UInt8]] {
        let place = root.appending(path: folder)
        return try FileManager.default.contentsOfDirectory(atPath: place.path()).sorted()
            .filter { name in endings.contains { name.hasSuffix($0) } }
            .map { Array(try Data(contentsOf: place.appending(path: $0))) }
    }

    private static let seal = Seal()

    func samples() throws -> [[UInt8]] {
        switch self {
        case .policyYAML:
            try Self.files(in: "policies", ".yaml") + Self.files(in: "policies/seeds", ".yaml")
        case .policyJSON: try Self.files(in: "policies/seeds", ".json")
        case .protocolLine:
            try Self.files(in: "Tests/Transcripts", ".jsonl").flatMap { file in
                file.split(separator: 0x0A).filter { $0.starts(with: Array("> ".utf8)) }
                    .map { Array($0.dropFirst(2)) }
            }
        case .resultFrame: [Self.frame(claim: 0), Self.frame(claim: 3)]
        case .shownList: [Array(Self.shown.utf8)]
        case .toolListing:
            [Array(#"{"tools":[{"name":"delete_file","inputSchema":{"type":"object"}}]}"#.utf8)]
        case .evaluationCall:
            [Array(#"{"tool":"x","arguments":{"a":[1,"b"]},"at":"2026-01-15T10:00:00Z"}"#.utf8)]
        }
    }

    private static let shown = """
        [{"kind":"picture","preview":1,"file":"a.png"},{"kind":"note","text":"n"},
        {"kind":"text","mime":"text/html","text":"<b>"},{"kind":"table","columns":["i","a"],
        "rows":[[0,null],[1,"x"]],"total_rows":9,"total_columns":1}]
        """

    private static func frame(claim: UInt32) -> [UInt8] {
        var writer = FrameWriter(kind: MessageKind.result)
        writer.add(10, seal.bytes)
        writer.add(1, claim)
        writer.add(2, "42")
        writer.add(5, "no")
        writer.add(9, "[]")
        writer.add(16, shown)
        return writer.finished()
    }

    func read(_ bytes: [UInt8], _ conversation: inout Conversation) {
        switch self {
        case .policyYAML, .policyJSON:
            do throws(InvalidPolicy) {
                let policy = try PolicyLoader(file: "fuzz", hash: "").load(bytes)
                let call = PolicyCall(tool: "conda", arguments: ["path": "x", "count": 3])
                _ = CompiledPolicy(policy).decide(
                    call, counters: .empty, at: PolicyEvaluation.start)
            } catch {
                precondition(!error.problems.isEmpty, "a refusal has a reason")
            }
        case .protocolLine:
            if case .call(let call) = conversation.receive(bytes) {
                _ = conversation.finished(call.id)
            }
        case .resultFrame:
            var scanner = ResultScanner(Self.seal)
            let middle = bytes.count / 2
            _ = scanner.add(bytes[..<middle])
            _ = scanner.add(bytes[middle...])
        case .shownList:
            for case .table(let table) in ShownItem.list(parsing: bytes) {
                precondition(table.rows.allSatisfy { $0.count == table.columns.count }, "ragged")
            }
        case .toolListing:
            do throws(ToolListError) {
                let list = try ToolListReading(parsing: bytes)
                _ = ClassificationReport(list).suggestedPolicy(.native).text
            } catch { return }
        case .evaluationCall:
            do throws(EvaluationCall.Problem) { _ = try EvaluationCall(parsing: bytes) } catch {
                return
            }
        }
    }
}

@Suite struct FuzzTests {
    private static func setting(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
    }

    @Test(arguments: FuzzTarget.allCases)
    func `hostile bytes end in an answer or an error`(target: FuzzTarget) throws {
        let seconds = Self.setting("SANDBOA_FUZZ_SECONDS")
        var mutator = Mutator(seed: Self.setting("SANDBOA_FUZZ_SEED") ?? 1)
        let samples = try target.samples()
        try #require(!samples.isEmpty)
        let encoder = Encoder(
            server: ServerDescription(name: "fuzz", version: "1"),
            offer: [.tools, .resources, .prompts, .completions, .tasks])
        var conversation = Conversation(encoder: encoder)
        let end = ContinuousClock.now + .seconds(Int64(seconds ?? 1))
        var corpus = samples
        var rounds = 0
        while ContinuousClock.now < end {
            let sample = corpus[mutator.number(below: corpus.count)]
            let other = samples[mutator.number(below: samples.count)]
            let bytes = mutator.change(sample, with: other)
            target.read(bytes, &conversation)
            rounds += 1
            // Now and then a changed one becomes a sample: changes add up.
            if rounds % 50 == 0 {
                if corpus.count < 500 { corpus.append(bytes) } else { corpus = samples }
            }
        }
        if seconds != nil { print("\(target.rawValue): \(rounds) rounds") }
        #expect(rounds > 0)
    }
}
