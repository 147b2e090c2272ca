// Finding records again, and handing them to other programs.

import Foundation
import Notation
import Testing

@testable import Ledger

@Suite struct AuditReaderTests {
    private func sample() throws -> Logged {
        var logged = try Logged()
        logged.settings.maxFileBytes = 5000
        try logged.write(12, to: try logged.open())
        return logged
    }

    @Test func `records are found by what they say`() throws {
        let logged = try sample()
        func count(_ set: (inout AuditQuery) -> Void) throws -> Int {
            var query = AuditQuery()
            set(&query)
            return try logged.records(query).count
        }
        #expect(try count { $0.kinds = [.decided] } == 12)
        #expect(try count { $0.tool = "read" } == 6)
        #expect(try count { $0.decision = "deny" } == 4)
        #expect(try count { $0.rule = "no shells" } == 12)
        #expect(try count { $0.status = "timeout" } == 3)
        #expect(try count { $0.rule = "no shell" } == 0)
        #expect(try count { $0.text = "\"n\":11" } == 1)
        let id = try #require(try logged.records().first { $0.kind == .decided }).id
        #expect(try count { $0.id = id } == 2)
        let all = try logged.records()
        let middle = try #require(all[all.count / 2].time)
        let before = try count { $0.to = middle }
        #expect(try before + count { $0.from = middle } == all.count)
        #expect(before > 0 && before < all.count)
    }

    @Test func `a search ends when its reader has enough`() throws {
        var found = 0
        let logged = try sample()
        try AuditReader(logged.directory).search { _ in
            found += 1
            return found < 5
        }
        #expect(found == 5)
    }

    @Test(arguments: [0, 1, 5, 24, 1000])
    func `the tail is the end of all`(count: Int) throws {
        let logged = try sample()
        let all = try logged.records().map(\.id)
        #expect(try AuditReader(logged.directory).tail(count).map(\.id) == all.suffix(count))
    }

    @Test func `two chains are read in the order of time`() throws {
        let logged = try Logged()
        let first = try logged.open()
        let second = try logged.open()
        for number in 0..<5 {
            try logged.write(1, to: first, from: number)
            try logged.write(1, to: second, from: number)
        }
        let times = try logged.records().compactMap { $0.text(AuditField.time) }
        #expect(times.count == 22 && times == times.sorted())
        let tail = try AuditReader(logged.directory).tail(6).compactMap { $0.text(AuditField.time) }
        #expect(tail == times.suffix(6))
    }

    @Test func `damaged lines are passed over, and every other is found`() throws {
        let logged = try Logged()
        try logged.write(3, to: try logged.open())
        let file = try #require(try logged.files().first)
        var lines = try logged.lines(file)
        lines[3] = "{\"not\": ours}"
        try logged.replace(file, lines: lines)
        #expect(try logged.records().count == 6)
    }

    /// One record with everything that needs escaping.
    private func export(_ format: AuditFormat) throws -> [String] {
        let logged = try Logged()
        let log = try logged.open()
        try log.append(
            AuditRecord(
                .decided,
                [
                    "tool": "=run|x", "decision": "deny", "rule": "a\"b]c\\d=e|f,g", "risk": "high",
                    "reason": "one\ntwo", "grant": "+x", "bytes_out": 5,
                ]))
        var query = AuditQuery()
        query.kinds = [.decided]
        var lines: [String] = []
        let reader = try AuditReader(logged.directory)
        try reader.export(query, as: AuditExport(format, program: "1|0")) { lines.append($0) }
        return lines
    }

    @Test func `JSON lines are the log's own`() throws {
        let lines = try export(.jsonl)
        let record = try JSON(parsing: Array(try #require(lines.first).utf8))
        #expect(lines.count == 1 && record["hash"]?.asString?.count == 64)
    }

    @Test func `a table is quoted, and holds no formula`() throws {
        let lines = try export(.csv)
        #expect(lines.count == 2)
        #expect(lines[0].hasPrefix("time,id,kind,call,tool,"))
        #expect(lines[1].contains(",'=run|x,"))
        #expect(lines[1].contains("\"a\"\"b]c\\d=e|f,g\""))
        #expect(lines[1].contains("\"one\ntwo\""))
        #expect(lines[1].contains(",'+x,"))
        #expect(lines.allSatisfy { $0.hasSuffix("\r\n") })
    }

    @Test func `an event is escaped as its format has it`() throws {
        let line = try #require(try export(.cef).first)
        let head = "CEF:0|sandboa|sandboa|1\\|0|a\"b]c\\\\d=e\\|f,g|decided =run\\|x deny "
        #expect(line.hasPrefix(head))
        #expect(line.contains("|6|rt="))
        #expect(line.contains("reason=one\\ntwo "))
        #expect(line.contains("cs1Label=rule cs1=a\"b]c\\\\d\\=e|f,g"))
        #expect(line.split(separator: "\n").count == 1)
    }

    @Test func `a syslog message is one line of RFC 5424`() throws {
        let line = try #require(try export(.syslog).first)
        let time = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z/
        let rest = /- sandboa [0-9a-f]{8} decided \[sandboa@32473 .*\] .*\n/
        let parts = line.split(separator: " ", maxSplits: 2).map(String.init)
        #expect(parts.count == 3 && parts[0] == "<108>1")
        #expect(parts[1].wholeMatch(of: time) != nil)
        #expect(parts[2].wholeMatch(of: rest) != nil)
        #expect(line.contains("rule=\"a\\\"b\\]c\\\\d=e|f,g\""))
    }

    @Test func `a path that is no audit log is refused`() throws {
        #expect(throws: LedgerError.self) { try AuditReader("/etc/hostname") }
    }
}
