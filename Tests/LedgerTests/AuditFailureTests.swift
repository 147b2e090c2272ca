// A device without room, and what the log says of it later.

import Foundation
import Kernel
import Notation
import Policies
import Testing

@testable import Ledger

/// One after the other: a limit on file sizes is the whole process's.
@Suite(.serialized) struct AuditFailureTests {
    /// Runs `body` on a file system of `kilobytes`; nil when this user may not make one.
    private func onSmallDevice(_ kilobytes: Int, _ body: (Place) throws -> Void) throws -> Bool {
        let place = try Place()
        let mounted = shell("mount -t tmpfs -o size=\(kilobytes)k,mode=0700 none '\(place.path)'")
        guard mounted else { return false }
        defer { _ = shell("umount -l '\(place.path)'") }
        try body(place)
        return true
    }

    private func shell(_ command: String) -> Bool {
        do {
            let pid = try Processes.spawn(
                "/bin/sh", arguments: ["sh", "-c", "exec 2>/dev/null; \(command)"],
                environment: ["PATH=/usr/sbin:/usr/bin:/sbin:/bin"], descriptors: [])
            return try Processes.wait(pid)?.ending == .exited(code: 0)
        } catch { return false }
    }

    @Test func `a full device is an error, told of when there is room again`() throws {
        let isDone = try onSmallDevice(64) { place in
            var settings = AuditSettings(program: "1.0")
            settings.durability = .written
            let log = try AuditLog(in: place("state"), settings)
            var written = 0
            while true {
                do { try log.append(.decidedSample(written)) } catch let error as LedgerError {
                    #expect(error.kind == .full, "\(error)")
                    #expect("\(error)".contains("make room"))
                    break
                }
                written += 1
                try #require(written < 1000)
            }
            #expect(throws: LedgerError.self) { try log.append(.decidedSample(0)) }
            #expect(log.failures == 2)
            // Half a record is never left behind.
            let full = try AuditReader(place("state/audit")).verify()
            #expect(full.isIntact && full.records == Int64(written + 1))

            let reached = shell("mount -o remount,size=256k none '\(place.path)'")
            try #require(reached)
            try log.append(.decidedSample(written))
            let found = try AuditReader(place("state/audit")).verify()
            #expect(found.isIntact && found.missed == 2)
            #expect(found.records == Int64(written + 3))
        }
        if !isDone { print("no file system of a test's own without root: left to the limit") }
    }

    @Test func `counters on a full device refuse, and keep what they granted`() throws {
        let isDone = try onSmallDevice(256) { place in
            let store = try SQLiteCounters(in: place("state"))
            var granted: Int64 = 0
            do {
                while granted < 20_000 {
                    let key = CounterKey.sample(.minute, owner: "\(granted)")
                    granted +=
                        try store.reserve([.sample(key, of: 1)], at: .after(0)).isGranted ? 1 : 0
                }
                Issue.record("the device never got full")
            } catch let error as LedgerError {
                #expect(error.kind == .full, "\(error)")
            }
            let keys = (0..<granted).map { CounterKey.sample(.minute, owner: "\($0)") }
            #expect(try store.values(of: keys, at: .after(0)).allSatisfy { $0 == 1 })
        }
        if !isDone { print("no file system of a test's own without root") }
    }

    /// In a process of its own: the limit is the whole process's.
    @Test func `a limit on file sizes is an error, and half a record is cut off`() async {
        await #expect(processExitsWith: .success) {
            let logged = try Logged()
            let log = try logged.open()
            try logged.write(2, to: log)
            let file = try #require(try logged.files().first)
            let size = try logged.bytes(file).count
            // As the server does: without a handler the signal would end the process.
            signal(SIGXFSZ, SIG_IGN)
            var before = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &before)
            var low = rlimit(rlim_cur: rlim_t(size + 100), rlim_max: before.rlim_max)
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &low)
            #expect { try log.append(.decidedSample(9)) } throws: {
                ($0 as? LedgerError)?.kind == .full
            }
            #expect(try logged.bytes(file).count == size)
            #expect(log.failures == 1)
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &before)
            try logged.write(1, to: log)
            let found = try logged.verify()
            #expect(found.isIntact && found.missed == 1 && found.records == 8)
        }
    }
}
