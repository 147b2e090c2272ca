// Refused messages in a real audit log.

import Foundation
import Kernel
import MCP
import Notation
import Testing

@testable import Gateway
@testable import Ledger

@Suite struct RefusalLogTests {
    /// A log in a directory of its own.
    private final class Logged {
        let state = NSTemporaryDirectory() + "sandboa-refusals-\(UUID().uuidString)"
        let log: AuditLog

        init() throws {
            var settings = AuditSettings(program: "1.0")
            settings.durability = .written
            log = try AuditLog(in: state, settings)
        }

        deinit {
            do { try FileManager.default.removeItem(atPath: state) } catch { print("\(error)") }
        }

        var refusals: RefusalLog { RefusalLog(Chronicle(log), transport: "stdio") }
        var reader: AuditReader {
            get throws { try AuditReader("\(state)/audit") }
        }

        func found(_ kinds: Set<AuditRecord.Kind> = [.refused]) throws -> [AuditEntry] {
            var query = AuditQuery()
            query.kinds = kinds
            var found: [AuditEntry] = []
            try reader.search(query) {
                found.append($0)
                return true
            }
            return found
        }
    }

    private static func line(_ text: String) -> LineSplitter.Item { .line(Array(text.utf8)) }
    private static let fault = ProtocolFault(
        .methodNotFound, "No method \"x\" here.", reason: "No.")

    @Test func `a record says what and why, and shows nothing that was sent`() throws {
        let logged = try Logged()
        let secret = "ghp_" + String(repeating: "a", count: 36)
        let text = #"{"method":"zebra","token":"\#(secret)"}"#
        logged.refusals.note(Self.fault, in: Self.line(text))
        let entry = try #require(try logged.found().first)
        #expect(entry.text(AuditField.what) == "method" && entry.text(AuditField.reason) == "No.")
        #expect(
            entry[AuditField.code] == -32601 && entry[AuditField.bytes] == JSON(text.utf8.count))
        #expect(entry.text(AuditField.transport) == "stdio")
        let shown = String(decoding: entry.bytes, as: UTF8.self)
        for word in ["zebra", secret, "token", SHA256.hex(Array(text.utf8))] {
            #expect(!shown.contains(word))
        }
    }

    @Test func `the same beginning has the same digest, under this log's key alone`() throws {
        let logged = try Logged()
        let other = try Logged()
        func digest(_ text: String, in logged: Logged) throws -> String? {
            logged.refusals.note(Self.fault, in: Self.line(text))
            return try logged.found().last?.text(AuditField.excerpt)
        }
        let start = String(repeating: "x", count: Chronicle.excerptBytes)
        let first = try digest(start + "1", in: logged)
        #expect(try digest(start + "2", in: logged) == first)
        #expect(try digest(start.dropLast() + "y", in: logged) != first)
        #expect(try digest(start + "1", in: other) != first)
        // What differs by a secret alone is one digest: nobody can try secrets out.
        let secrets = ["a", "b"].map { #"password = "hunter\#($0)""# }
        #expect(try digest(secrets[0], in: logged) == digest(secrets[1], in: logged))
        // Bytes that are no text have one, too.
        logged.refusals.note(Self.fault, in: .line([0xFF, 0xFE, 0]))
        #expect(try logged.found().last?.text(AuditField.excerpt)?.count == 64)
    }

    @Test func `a line too long leaves its length`() throws {
        let logged = try Logged()
        logged.refusals.note(Self.fault, in: .tooLong(bytes: 99_000_000))
        let entry = try #require(try logged.found().first)
        #expect(entry[AuditField.bytes] == 99_000_000 && entry[AuditField.excerpt] == nil)
    }

    @Test func `of a flood sixty are written, and the count of the rest at the end`() throws {
        let logged = try Logged()
        let refusals = logged.refusals
        for number in 0..<1_000 { refusals.note(Self.fault, in: Self.line("\(number)")) }
        #expect(try logged.found().count == 60)
        refusals.end()
        let entries = try logged.found()
        #expect(entries.count == 61)
        let last = try #require(entries.last)
        #expect(last.text(AuditField.what) == "more")
        #expect(last[AuditField.count] == 940)
        #expect(last[AuditField.counts] == ["method": 940])
        #expect(last[AuditField.span]?.asInteger.map { (0..<60_000).contains($0) } == true)
        refusals.end()
        #expect(try logged.found().count == 61)
        #expect(try logged.reader.verify().isIntact)
    }

    @Test(arguments: AuditFormat.allCases)
    func `every reader knows the kind`(format: AuditFormat) throws {
        let logged = try Logged()
        let refusals = logged.refusals
        for number in 0..<70 { refusals.note(Self.fault, in: Self.line("\(number)")) }
        refusals.end()
        var lines: [String] = []
        let reader = try logged.reader
        try reader.export(as: AuditExport(format, program: "1")) { lines.append($0) }
        #expect(lines.count { $0.contains("refused") && $0.contains("method") } >= 60)
        let last = try #require(lines.last)
        #expect(last.contains("more") && last.contains("10"))
        #expect(try reader.tail(1).first?.kind == .refused)
        #expect(try logged.found([.decided]).isEmpty)
    }

    /// In a process of its own: the limit is the whole process's.
    @Test func `a log that can't be written stops no refusal, and goes on later`() async {
        await #expect(processExitsWith: .success) {
            let logged = try Logged()
            let refusals = logged.refusals
            signal(SIGXFSZ, SIG_IGN)
            var before = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &before)
            var none = rlimit(rlim_cur: 0, rlim_max: before.rlim_max)
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &none)
            for _ in 0..<100 { refusals.note(Self.fault, in: Self.line("x")) }
            refusals.end()
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &before)
            #expect(logged.log.failures == 61)
            RefusalLog(Chronicle(logged.log), transport: "stdio")
                .note(Self.fault, in: Self.line("y"))
            #expect(try logged.found().count == 1)
            let found = try logged.reader.verify()
            #expect(found.isIntact && found.missed == 61)
        }
    }

    @Test func `without a log nothing is written and nothing fails`() {
        let refusals = RefusalLog(Chronicle(nil), transport: "stdio")
        for _ in 0..<100 { refusals.note(Self.fault, in: Self.line("x")) }
        refusals.end()
    }
}
