// An audit log in a directory of its own, for a test.

import Foundation
import Notation
import Testing

@testable import Ledger

/// Opens, writes, closes and looks at one audit directory.
struct Logged {
    let place: Place
    var settings = AuditSettings(program: "1.0")

    init() throws {
        place = try Place()
        settings.durability = .written
    }

    var directory: String { place("state/audit") }

    func open() throws -> AuditLog { try AuditLog(in: place("state"), settings) }

    /// Two records for each call, as the gateway writes them.
    @discardableResult
    func write(_ calls: Int, to log: AuditLog, from first: Int = 0) throws -> [AuditReceipt] {
        try (first..<(first + calls)).flatMap { number in
            let decided = try log.append(.decidedSample(number))
            return [decided, try log.append(.finishedSample(number, decided.id))]
        }
    }

    func verify(_ keys: [VerifyingKey] = []) throws -> AuditVerification {
        try AuditReader(directory).verify(keys: keys)
    }

    func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory)
            .filter { $0.hasSuffix(".jsonl") }.sorted()
    }

    func bytes(_ file: String) throws -> [UInt8] { try place.bytes("state/audit/\(file)") }

    func replace(_ file: String, with bytes: [UInt8]) throws {
        try place.write(bytes, to: "state/audit/\(file)")
    }

    func lines(_ file: String) throws -> [String] {
        String(decoding: try bytes(file), as: UTF8.self).split(separator: "\n").map(String.init)
    }

    func replace(_ file: String, lines: [String]) throws {
        try replace(file, with: Array(lines.map { $0 + "\n" }.joined().utf8))
    }

    func records(_ query: AuditQuery = AuditQuery()) throws -> [AuditEntry] {
        var found: [AuditEntry] = []
        try AuditReader(directory).search(query) {
            found.append($0)
            return true
        }
        return found
    }
}

extension AuditRecord {
    static func decidedSample(_ number: Int) -> AuditRecord {
        AuditRecord(
            .decided,
            [
                "tool": .string(number.isMultiple(of: 2) ? "run" : "read"),
                "decision": .string(number.isMultiple(of: 3) ? "deny" : "allow"),
                "rule": "no shells", "request": .integer(Int64(number)), "risk": "high",
                "grant": "stdio", "summary": ["n": .integer(Int64(number)), "text": "é\n\"x\""],
            ])
    }

    static func finishedSample(_ number: Int, _ call: String) -> AuditRecord {
        AuditRecord(
            .finished,
            [
                "call": .string(call), "tool": "run", "wall_ms": 12,
                "status": .string(number.isMultiple(of: 5) ? "timeout" : "ok"),
            ])
    }
}
