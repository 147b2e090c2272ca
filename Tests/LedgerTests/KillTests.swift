// Processes that are killed in the middle of their work: what they were granted stays charged, and
// what they recorded stays recorded.

import Foundation
import Kernel
import Notation
import Policies
import Testing

@testable import Ledger

@Suite struct KillTests {
    @Test func `a process that is killed leaves its reservations charged`() async throws {
        let place = try Place()
        let path = place.path
        for _ in 0..<3 {
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
                let store = try SQLiteCounters(in: path)
                for _ in 0..<5 {
                    _ = try store.reserve([.sample(.sample(.minute), of: 100)], at: .after(0))
                }
                kill(getpid(), SIGKILL)
            }
        }
        let store = try SQLiteCounters(in: path)
        #expect(try store.values(of: [.sample(.minute)], at: .after(0)) == [15])
    }

    @Test func `a process that is killed leaves a log that goes on`() async throws {
        let place = try Place()
        let path = place.path
        for _ in 0..<2 {
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
                let log = try AuditLog(in: path, AuditSettings(program: "1.0"))
                try Threads.start {
                    do {
                        for number in 0..<1_000_000 { try log.append(.decidedSample(number)) }
                    } catch { print(error) }
                }
                while log.records < 40 { usleep(200) }
                kill(getpid(), SIGKILL)
            }
        }
        let log = try AuditLog(in: path, AuditSettings(program: "1.0"))
        try log.append(.decidedSample(0))
        let found = try AuditReader("\(path)/audit").verify()
        #expect(found.isIntact && found.files == 3 && found.records >= 82)
    }
}
