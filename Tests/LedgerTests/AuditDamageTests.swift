// What becomes of an audit log that was cut off, changed, or shortened.

import Foundation
import Notation
import Testing

@testable import Ledger

@Suite struct AuditDamageTests {
    /// A log of one file, and where its last two records begin.
    private func sample() throws -> (Logged, file: String, bytes: [UInt8], from: Int) {
        let logged = try Logged()
        try logged.write(2, to: try logged.open())
        let file = try #require(try logged.files().first)
        let bytes = try logged.bytes(file)
        let ends = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }
        return (logged, file, bytes, ends[ends.count - 3] + 1)
    }

    @Test func `a log cut off anywhere is recovered, and loses no whole record`() throws {
        let (_, _, bytes, start) = try sample()
        for length in start...bytes.count {
            // The file's name belongs to its content: each cut is of a log of its own.
            let (logged, file, bytes, _) = try sample()
            let length = min(length, bytes.count)
            try logged.replace(file, with: Array(bytes[..<length]))
            let whole = bytes[..<length].count { $0 == UInt8(ascii: "\n") }
            let isTorn = bytes[length - 1] != UInt8(ascii: "\n")
            #expect(try logged.verify().isIntact == !isTorn, "cut at \(length)")

            try logged.write(1, to: try logged.open())
            let found = try logged.verify()
            #expect(found.isIntact, "cut at \(length): \(String(describing: found.firstBreak))")
            #expect(found.recovered == (isTorn ? 1 : 0), "cut at \(length)")
            #expect(found.records == Int64(whole + 3 + found.recovered), "cut at \(length)")
        }
    }

    @Test func `a start that is killed before it tells of half a line leaves it to the next`()
        throws
    {
        let (logged, file, bytes, start) = try sample()
        try logged.replace(file, with: Array(bytes[..<(start + 20)]))
        let log = try logged.open()
        let second = try #require(try logged.files().last)
        _ = log.records
        // As if it had been killed behind its first record, and the half line were still there.
        try logged.replace(second, lines: [try #require(logged.lines(second).first)])
        try logged.replace(file, with: Array(bytes[..<(start + 20)]))
        #expect(try logged.verify().firstBreak?.file == file)
        try logged.write(1, to: try reopened(logged, log))
        #expect(try logged.verify().isIntact)
        #expect(try logged.bytes(file).last == UInt8(ascii: "\n"))
    }

    /// Another log, of another lane if the first is still open.
    private func reopened(_ logged: Logged, _ log: AuditLog) throws -> AuditLog {
        // The lane is free once nobody holds the first log; here it is held on purpose, so its
        // lock is taken away instead.
        try FileManager.default.removeItem(atPath: "\(logged.directory)/01.lock")
        return try logged.open()
    }

    @Test func `a start that is killed in its first line is passed over`() throws {
        let (logged, file, _, _) = try sample()
        let next = file.replacing("01-000001-", with: "01-000002-")
        try logged.replace(next, with: Array("{\"carr".utf8))
        #expect(try logged.verify().firstBreak?.file == next)
        try logged.write(1, to: try logged.open())
        let found = try logged.verify()
        #expect(found.isIntact && found.recovered == 1, "\(String(describing: found.firstBreak))")
        #expect(try logged.files().count == 3)
    }

    @Test func `half a line in a chain that nobody carries on is told of as well`() throws {
        let logged = try Logged()
        do {
            let first = try logged.open()
            try logged.write(1, to: first)
            try withExtendedLifetime(first) { _ = try logged.write(1, to: try logged.open()) }
        }
        let file = try #require(try logged.files().last)
        #expect(file.hasPrefix("02-"))
        try logged.replace(file, with: Array(try logged.bytes(file).dropLast(9)))
        _ = try logged.open()
        let found = try logged.verify()
        #expect(found.isIntact && found.recovered == 1, "\(String(describing: found.firstBreak))")
        #expect(try logged.files().count == 4)
    }

    @Test func `any byte that is changed is found, in its line`() throws {
        let (logged, file, bytes, _) = try sample()
        var random = SeededGenerator(seed: 7)
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= UInt8.random(in: 1...255, using: &random)
            try logged.replace(file, with: changed)
            let line = bytes[..<place].count { $0 == UInt8(ascii: "\n") } + 1
            #expect(try logged.verify().firstBreak?.line == line, "byte \(place)")
        }
    }

    @Test func `a line that is removed, doubled or swapped is found`() throws {
        let (logged, file, bytes, _) = try sample()
        let lines = try logged.lines(file)
        for line in 0..<(lines.count - 1) {
            var removed = lines
            removed.remove(at: line)
            try logged.replace(file, lines: removed)
            #expect(try logged.verify().firstBreak?.line == line + 1)

            var doubled = lines
            doubled.insert(lines[line], at: line)
            try logged.replace(file, lines: doubled)
            #expect(try logged.verify().firstBreak?.line == line + 2)

            var swapped = lines
            swapped.swapAt(line, line + 1)
            try logged.replace(file, lines: swapped)
            #expect(try logged.verify().firstBreak?.line == line + 1)
        }
        try logged.replace(file, with: bytes)
        #expect(try logged.verify().isIntact)
    }

    @Test func `a record that was changed with its hash is found in the next`() throws {
        let (logged, file, _, _) = try sample()
        var lines = try logged.lines(file)
        var record = try #require(try JSON(parsing: Array(lines[1].utf8)).asObject)
        record["decision"] = "allow"
        record["hash"] = nil
        record["hash"] = .string(SHA256.hex(JSON.object(record).canonicalBytes))
        lines[1] = String(decoding: JSON.object(record).canonicalBytes, as: UTF8.self)
        try logged.replace(file, lines: lines)
        #expect(try logged.verify().firstBreak?.line == 3)
    }

    @Test func `a file that is removed, emptied, shortened or renamed is found`() throws {
        let logged = try Logged()
        for start in 0..<4 { try logged.write(1, to: try logged.open(), from: start) }
        let files = try logged.files()
        let contents = try files.map { try logged.bytes($0) }
        func restored(_ change: () throws -> Void) throws -> AuditVerification.Break? {
            try change()
            let found = try logged.verify().firstBreak
            for (file, bytes) in zip(files, contents) { try logged.replace(file, with: bytes) }
            return found
        }
        for index in 0..<3 {
            let path = "\(logged.directory)/\(files[index])"
            var found = try restored { try FileManager.default.removeItem(atPath: path) }
            #expect(found?.file == files[index + 1] && found?.line == 1)
            found = try restored { try logged.replace(files[index], with: []) }
            #expect(found?.file == files[index + 1] && found?.line == 1)
            found = try restored {
                try logged.replace(
                    files[index], lines: Array(try logged.lines(files[index]).dropLast()))
            }
            #expect(found?.file == files[index + 1] && found?.line == 1)
        }
        let renamed = "01-000009-\(files[3].suffix(14))"
        let found = try restored {
            try FileManager.default.moveItem(
                atPath: "\(logged.directory)/\(files[3])",
                toPath: "\(logged.directory)/\(renamed)")
        }
        #expect(found?.file == renamed)
        try FileManager.default.removeItem(atPath: "\(logged.directory)/\(renamed)")
        #expect(try logged.verify().isIntact)
        // One file can be checked by itself.
        let alone = try AuditReader("\(logged.directory)/\(files[2])").verify()
        #expect(alone.isIntact && alone.records == 3)
    }

    @Test func `a log whose last line was changed is not carried on`() throws {
        let (logged, file, bytes, _) = try sample()
        var changed = bytes
        changed[bytes.count - 10] ^= 1
        try logged.replace(file, with: changed)
        #expect { try logged.open() } throws: { ($0 as? LedgerError)?.kind == .damaged }
    }

    @Test func `garbage is refused in bounded memory`() throws {
        let (logged, file, bytes, _) = try sample()
        let garbage = [UInt8](repeating: UInt8(ascii: "x"), count: 3 << 20)
        try logged.replace(file, with: bytes + garbage)
        #expect(try logged.verify().firstBreak?.line == 6)
        try logged.write(1, to: try logged.open())
        #expect(try logged.verify().isIntact)
        try logged.replace(file, with: bytes + garbage + [UInt8(ascii: "\n")])
        #expect(try logged.verify().firstBreak?.line == 6)
    }
}
