// What stands around every call: the policy, its counters, the audit log.

import Catalog
import Engine
import Gateway
import Kernel
import Ledger
import Notation
import Policies

extension Program {
    /// Judges and records the calls of one process.
    struct Services {
        let keeper: PolicyKeeper
        let judge: Judge
        let chronicle: Chronicle
    }

    /// nil: something was wrong with what the operator gave, and it was said.
    func services(_ invocation: Invocation) throws -> Services? {
        let home = try home(invocation)
        guard let keeper = try keeper(invocation) else { return nil }
        guard let counters = try counters(invocation, home) else { return nil }
        return Services(
            keeper: keeper, judge: Judge(keeper, counters: counters),
            chronicle: Chronicle(try log(invocation, home)))
    }

    private func keeper(_ invocation: Invocation) throws -> PolicyKeeper? {
        let word = invocation.text(.policy) ?? "default"
        do {
            let keeper = try PolicyKeeper(policyFile(word, invocation))
            complain(keeper.current.policy.warnings)
            return keeper
        } catch let problems as InvalidPolicy {
            complain(problems.problems)
            terminal.fail("the policy is invalid; nothing was started", fix: "correct it")
        } catch let problem as PolicyFile.Unreadable {
            terminal.fail(problem.description, fix: "say where the policy is: --policy FILE")
        }
        return nil
    }

    /// Where counters live; nil: the address makes no sense, and it was said.
    private func counters(_ invocation: Invocation, _ home: String) throws -> (any CounterStore)? {
        let address = invocation.text(.state) ?? "sqlite"
        do throws(LedgerError) {
            if address == "memory" { return LockedCounters() }
            if address == "sqlite" { return try SQLiteCounters(in: home) }
            if address.hasPrefix("redis://") {
                let mode = invocation.text(.stateFail).flatMap(RedisCounters.FailMode.init)
                return try redis(address, mode ?? .closed)
            }
        } catch {
            throw EngineError(
                stage: "state", message: error.description,
                fix: "make \(home) writable, or say where state may live: --home DIR, --state DSN")
        }
        terminal.fail(
            "there is no store '\(address.printable)'",
            fix: "write sqlite, memory, or redis://HOST:PORT/DB")
        return nil
    }

    private func redis(
        _ address: String, _ mode: RedisCounters.FailMode
    ) throws(LedgerError) -> RedisCounters {
        let terminal = terminal
        return RedisCounters(try RedisAddress(address), mode: mode) { notice in
            terminal.complain("sandboa: \(notice)\n")
        }
    }

    private func log(_ invocation: Invocation, _ home: String) throws -> AuditLog? {
        // A file-size limit makes a record fail, and its call; it does not end this process.
        try Signal.ignore(Signal.fileSizeLimit)
        var settings = AuditSettings(program: "sandboa \(Self.version)")
        // A record that is written survives the end of this process, however it ends; only a
        // machine that loses power could lose it.
        settings.durability = .written
        if invocation.text(.auditFail) == "continue" { settings.onFailure = .continue }
        do throws(LedgerError) {
            if let key = invocation.text(.auditKey) {
                settings.signingKey = try SigningKey(file: key)
            }
            return try AuditLog(in: home, settings)
        } catch {
            if settings.onFailure == .continue {
                terminal.complain("sandboa: no audit log: \(error)\n")
                return nil
            }
            throw EngineError(
                stage: "audit", message: error.description,
                fix: "make \(home) writable, or say where state may live: --home DIR")
        }
    }

    /// Follows the policy file: what changed is said on standard error and recorded.
    func follow(_ services: Services) throws(SystemError) {
        let terminal = terminal
        let chronicle = services.chronicle
        try services.keeper.watch { change in
            switch change {
            case .replaced(let policy):
                terminal.complain("sandboa: policy \(policy.file) is in force as changed\n")
                chronicle.policyChanged(policy.hash, "replaced")
            case .refused(let problems):
                let count = problems.problems.count
                terminal.complain(
                    "sandboa: the changed policy is invalid (\(count) problems); the one before "
                        + "stays in force\n\(problems.description.printable)\n")
                chronicle.policyChanged(services.keeper.current.policy.hash, "change refused")
            case .unreadable(let reason):
                terminal.complain(
                    "sandboa: \(reason.printable); the policy before stays in force\n")
            }
        }
    }
}
