// The audit log while it is written: records, files, checkpoints, retention, failures.

import Foundation
import Kernel
import Notation
import Testing

@testable import Ledger

@Suite struct AuditLogTests {
    @Test func `records have their place in the chain, and the log is whole`() throws {
        let logged = try Logged()
        let log = try logged.open()
        let receipts = try logged.write(3, to: log)
        #expect(receipts.map(\.seq) == Array(2...7))
        #expect(receipts[0].id == "\(log.instance)-2")

        let file = try #require(try logged.files().first)
        let records = try logged.lines(file).map { try JSON(parsing: Array($0.utf8)) }
        #expect(records.count == 7)
        #expect(records[0]["kind"] == "opened")
        #expect(records[0]["prev"]?.asString == String(repeating: "0", count: 64))
        #expect(records[0]["carries"] == .null)
        for (before, record) in zip(records, records.dropFirst()) {
            #expect(record["prev"] == before["hash"])
            #expect(record["schema"] == 1)
            #expect(record["instance"]?.asString == log.instance)
            let time = try #require(record["time"]?.asString)
            #expect(RFC3339(time) != nil && time.utf8.count == 30)
        }
        let found = try logged.verify()
        #expect(found.isIntact && found.records == 7 && found.files == 1)
    }

    @Test func `files are their owner's alone`() throws {
        let logged = try Logged()
        let log = try logged.open()
        #expect(try logged.place.mode("state/audit") == 0o700)
        for name in ["digest.key", "01.lock", log.file.split(separator: "/").last.map(String.init)]
        {
            #expect(try logged.place.mode("state/audit/\(try #require(name))") == 0o600)
        }
    }

    @Test(arguments: ["seq", "prev", "hash", "time", "instance", "id", "kind", "schema"])
    func `nobody but the log sets what the chain is made of`(name: String) throws {
        let log = try Logged().open()
        #expect(throws: LedgerError.self) {
            try log.append(AuditRecord(.decided, [name: "x"]))
        }
    }

    @Test func `fields come out in canonical order, wherever the hash falls`() throws {
        let logged = try Logged()
        let log = try logged.open()
        for fields: JSONObject in [
            [:], ["zz": 1], ["Zz": 1, "aa": 2], ["é": 1], ["𝕏": 1, "\u{FFFD}": 2], ["hasg": 1],
            ["hash2": 1, "hasH": 2],
        ] {
            try log.append(AuditRecord(.policy, fields))
        }
        #expect(try logged.verify().isIntact)
        #expect(try logged.verify().records == 8)
    }

    @Test func `a start carries the chain of the one before on`() throws {
        let logged = try Logged()
        for start in 0..<3 { try logged.write(2, to: try logged.open(), from: start * 2) }
        let files = try logged.files()
        #expect(files.count == 3)
        #expect(files.map { $0.prefix(9) } == ["01-000001", "01-000002", "01-000003"])
        let first = try JSON(parsing: Array(try #require(logged.lines(files[1]).first).utf8))
        #expect(first["carries"]?["file"]?.asString == files[0])
        let found = try logged.verify()
        #expect(found.isIntact && found.records == 15 && found.files == 3)
    }

    @Test func `a full file is left for a new one`() throws {
        var logged = try Logged()
        logged.settings.maxFileBytes = 4000
        try logged.write(20, to: try logged.open())
        let files = try logged.files()
        #expect(files.count > 4)
        for file in files { #expect(try logged.bytes(file).count <= 4000) }
        let found = try logged.verify()
        #expect(found.isIntact)
        #expect(try logged.records().count { $0.kind == .decided } == 20)
    }

    @Test func `a record that is larger than a file gets one all the same`() throws {
        var logged = try Logged()
        logged.settings.maxFileBytes = 100
        try logged.write(3, to: try logged.open())
        #expect(try logged.verify().isIntact)
        #expect(try logged.records().count { $0.kind == .finished } == 3)
    }

    @Test func `two logs at once have a file and a chain each`() throws {
        let logged = try Logged()
        let first = try logged.open()
        let second = try logged.open()
        try logged.write(2, to: first)
        try logged.write(2, to: second)
        #expect(try logged.files().map { $0.prefix(9) } == ["01-000001", "02-000001"])
        #expect(try logged.verify().records == 10)
        #expect(try logged.verify().isIntact)
    }

    @Test func `checkpoints come by number and are signed`() throws {
        var logged = try Logged()
        let key = try #require(SigningKey(seed: Array(1...32)))
        logged.settings.signingKey = key
        logged.settings.checkpointRecords = 4
        let log = try logged.open()
        try logged.write(6, to: log)
        try log.seal()
        var found = try logged.verify([key.publicKey])
        #expect(found.isIntact && found.checkpoints == 3 && found.signed == 3)
        #expect(found.unsealed == 0)
        // With another key, or without signatures, it is not the log it should be.
        let other = try #require(SigningKey(seed: Array(2...33)))
        found = try logged.verify([other.publicKey])
        #expect(found.firstBreak?.line == 6)
        #expect(try logged.verify().isIntact)
    }

    @Test func `checkpoints come by time, and only after a record`() throws {
        var logged = try Logged()
        logged.settings.checkpointSeconds = 0
        let log = try logged.open()
        for _ in 0..<3 { try log.checkpointIfDue() }
        #expect(log.records == 1)
        try log.append(.decidedSample(1))
        #expect(log.records == 3)
        #expect(try logged.verify([]).checkpoints == 1)
    }

    @Test func `a log that was written anew without the key is found out`() throws {
        var logged = try Logged()
        let key = try #require(SigningKey(seed: Array(1...32)))
        logged.settings.checkpointRecords = 2
        try logged.write(2, to: try logged.open())
        #expect(try logged.verify([key.publicKey]).firstBreak?.reason.contains("signature") == true)
    }

    @Test func `what is deleted for its size is told first`() throws {
        var logged = try Logged()
        logged.settings.maxFileBytes = 3000
        logged.settings.maxTotalBytes = 9000
        try logged.write(40, to: try logged.open())
        let files = try logged.files()
        #expect(files.count <= 5)
        #expect(!files[0].hasPrefix("01-000001"))
        let found = try logged.verify()
        #expect(found.isIntact && found.pruned > 0, "\(String(describing: found.firstBreak))")
        // Whoever deletes one more by himself is found out.
        try FileManager.default.removeItem(atPath: "\(logged.directory)/\(files[0])")
        #expect(try logged.verify().firstBreak?.file == files[1])
    }

    @Test func `what is deleted for its age is told first`() throws {
        var logged = try Logged()
        try logged.write(1, to: try logged.open())
        try logged.write(1, to: try logged.open())
        logged.settings.maxAgeSeconds = 0
        try logged.write(1, to: try logged.open())
        #expect(try logged.files().count == 1)
        #expect(try logged.verify().isIntact)
        #expect(try logged.verify().pruned == 2)
    }

    // 36
    @Test func `different integers have different digests, however large`() throws {
        let log = try Logged().open()
        let big: JSON = 9_007_199_254_740_993
        #expect(log.digest(of: big) != log.digest(of: 9_007_199_254_740_992 as JSON))
        let huge = [JSON.number("1e400"), .number("2e400")].map { log.digest(of: $0) }
        #expect(huge[0] != huge[1])
    }

    // 35
    @Test func `digests of arguments need the key, and the same log makes the same`() throws {
        let logged = try Logged()
        let value: JSON = ["b": 1, "a": 2]
        let digest = try logged.open().digest(of: value)
        #expect(try logged.open().digest(of: ["a": 2, "b": 1] as JSON) == digest)
        #expect(try Logged().open().digest(of: value) != digest)
        #expect(SHA256.hex(value.canonicalBytes) != digest)
    }

    @Test(arguments: [Durability.flushed, .written])
    func `many threads write one chain`(durability: Durability) async throws {
        var logged = try Logged()
        logged.settings.durability = durability
        logged.settings.maxFileBytes = 20_000
        let log = try logged.open()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<60 {
                group.addTask { try log.append(.decidedSample(number)) }
            }
            try await group.waitForAll()
        }
        let found = try logged.verify()
        #expect(found.isIntact && found.files > 1)
        #expect(try logged.records().count { $0.kind == .decided } == 60)
    }

    @Test func `a record that is too long is refused and told of`() throws {
        let logged = try Logged()
        let log = try logged.open()
        let walls = JSON.array(
            Array(repeating: .string(String(repeating: "x", count: 999)), count: 1200))
        #expect(throws: LedgerError.self) {
            try log.append(AuditRecord(.decided, ["walls": walls]))
        }
        try log.append(.decidedSample(1))
        #expect(log.failures == 1)
        let found = try logged.verify()
        #expect(found.isIntact && found.missed == 1)
    }
}
