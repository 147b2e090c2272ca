// The audit log, as the gateway writes it: what was decided before anything ran, and what came out.

internal import Catalog
internal import Engine
internal import Kernel
package import Ledger
internal import MCP
internal import Notation
internal import Policies
internal import Wire

/// Writes the records of calls.
package struct Chronicle: Sendable {
    /// nil: the operator wants no log.
    private let log: AuditLog?

    package init(_ log: AuditLog?) { self.log = log }

    /// A decision could not be recorded, so the call must not run.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// What is known of a call when it has been decided.
    package struct Entry: Sendable {
        let call: Pipeline.Call
        let declaration: Declaration
        let category: Category
        var judgement: Judge.Judgement
        /// What a person answered, when one was asked.
        var approval: String?
        let decisionNanoseconds: Int64
        /// The record of the decision; nil while there is none.
        fileprivate(set) var id: String?

        init(
            _ call: Pipeline.Call, _ declaration: Declaration, _ category: Category,
            _ judgement: Judge.Judgement, since began: Moment
        ) {
            self.call = call
            self.declaration = declaration
            self.category = category
            self.judgement = judgement
            decisionNanoseconds = Moment.now.nanoseconds(since: began)
        }
    }

    /// Records a decision, before anything runs.
    func decided(_ entry: inout Entry) throws(Failure) {
        guard let log else { return }
        var fields = opening(entry.call, entry.declaration, log)
        let verdict = entry.judgement.verdict
        fields[AuditField.category] = .string(entry.category.rawValue)
        fields[AuditField.policy] = .string(verdict.policyHash)
        fields[AuditField.decision] = .string(verdict.decision.rawValue)
        if !verdict.rule.isEmpty { fields[AuditField.rule] = .string(verdict.rule) }
        if !verdict.reason.isEmpty { fields[AuditField.reason] = .string(verdict.reason) }
        if let finding = verdict.finding { fields[AuditField.finding] = .object(finding.json) }
        if !verdict.reservations.isEmpty {
            fields[AuditField.reservations] = .array(verdict.reservations.map(Self.described))
        }
        fields[AuditField.profile] = .string(verdict.profile ?? entry.declaration.profile)
        if let limits = verdict.limits { fields[AuditField.limits] = .object(limits.json) }
        if let approval = entry.approval { fields["approval"] = .string(approval) }
        if let observed = verdict.observed { fields["observed"] = .string(observed) }
        fields[AuditField.decisionMicroseconds] = .integer(entry.decisionNanoseconds / 1000)
        do throws(LedgerError) {
            entry.id = try log.append(AuditRecord(.decided, fields)).id
        } catch {
            if log.onFailure == .continue { return }
            throw Failure(
                description: "the decision can't be recorded, so the call was not run: \(error). "
                    + "Tell the operator: the audit log of this server can't be written.")
        }
    }

    /// Records how a call came out.
    func finished(_ entry: Entry, _ done: Done) {
        switch done {
        case .ran(let ran): finished(entry, ran.outcome)
        case .refused(let refusal):
            close(
                entry,
                [
                    AuditField.status: .string(done.status),
                    AuditField.error: .string(refusal.code),
                ])
        case .sessions, .files, .environments:
            close(entry, [AuditField.status: .string(done.status)])
        }
    }

    private func finished(_ entry: Entry, _ outcome: Outcome) {
        var fields: JSONObject = [
            AuditField.status: .string(outcome.status.rawValue),
            AuditField.cpu: .integer(outcome.usage.cpuMicroseconds / 1000),
            AuditField.wall: .integer(outcome.usage.wallMicroseconds / 1000),
            AuditField.peak: .integer(outcome.usage.peakBytes),
            AuditField.bytesOut: .integer(
                Int64(outcome.output.text.utf8.count + outcome.errors.text.utf8.count)),
            AuditField.truncated: .bool(outcome.output.isCut || outcome.errors.isCut),
        ]
        if let type = outcome.report?.errorType ?? outcome.cause?.type {
            fields[AuditField.error] = .string(type)
        }
        close(entry, fields)
    }

    /// Records that an allowed call did not run after all.
    func notRun(_ entry: Entry, _ reason: String) {
        close(entry, [AuditField.status: "not_run", AuditField.error: .string(reason)])
    }

    private func close(_ entry: Entry, _ outcome: JSONObject) {
        guard let log else { return }
        var fields = outcome
        if let id = entry.id { fields[AuditField.call] = .string(id) }
        fields[AuditField.tool] = .string(entry.call.tool)
        // The decision is on record; a log that fails now counts its failures and is told at exit.
        do throws(LedgerError) { try log.append(AuditRecord(.finished, fields)) } catch { return }
    }

    /// Records a call whose arguments made no sense; nothing was decided about it.
    func invalid(_ call: Pipeline.Call, _ declaration: Declaration, _ reason: String) {
        guard let log else { return }
        var fields = opening(call, declaration, log)
        fields[AuditField.decision] = "invalid"
        fields[AuditField.reason] = .string(reason)
        do throws(LedgerError) { try log.append(AuditRecord(.decided, fields)) } catch { return }
    }

    /// Records that another policy is in force, or that a new one was refused.
    package func policyChanged(_ hash: String, _ note: String) {
        let fields: JSONObject = [
            AuditField.policy: .string(hash), AuditField.reason: .string(note),
        ]
        do throws(LedgerError) { try log?.append(AuditRecord(.policy, fields)) } catch { return }
    }

    /// Arguments for a person's eyes: secrets left out, texts as they are.
    func redacted(_ arguments: JSONObject) -> String {
        let shown = Redactor(Self.shown).redact(.object(arguments)).asObject ?? [:]
        return shown.map { key, value in
            guard let text = value.asString else { return "\(key): \(value.text)" }
            return text.contains("\n") ? "\(key):\n\(text)" : "\(key): \(text)"
        }.joined(separator: "\n")
    }

    /// As much as a person would read; the question cuts what is longer still.
    private static let shown = Redactor.Limits(
        textBytes: 8_000, members: 64, depth: 12, values: 1024)

    // MARK: Parts

    private func opening(
        _ call: Pipeline.Call, _ declaration: Declaration, _ log: AuditLog
    ) -> JSONObject {
        let arguments = JSON.object(call.arguments)
        var fields: JSONObject = [
            AuditField.transport: .string(call.caller.transport),
            AuditField.era: .string(call.caller.era),
            AuditField.client: .string(call.caller.client),
            AuditField.request: call.caller.request,
            AuditField.tool: .string(call.tool),
            AuditField.risk: .string(declaration.risk.rawValue),
            AuditField.arguments: .string(log.digest(of: arguments)),
        ]
        if !call.caller.grant.isEmpty { fields[AuditField.grant] = .string(call.caller.grant) }
        if !call.caller.session.isEmpty {
            fields[AuditField.session] = .string(log.digest(of: call.caller.session))
        }
        // Code is told by length and digest; its text is the caller's and may hold anything.
        var summary = call.arguments
        if let code = call.arguments["code"]?.asString {
            fields[AuditField.codeBytes] = .integer(Int64(code.utf8.count))
            fields[AuditField.codeHash] = .string(SHA256.hex(Array(code.utf8)))
            summary["code"] = nil
        }
        if !summary.isEmpty { fields[AuditField.summary] = .object(summary) }
        return fields
    }

    private static func described(_ reservation: Reservation) -> JSON {
        [
            "counter": .string(reservation.key.name.description),
            "scope": .string(reservation.key.scope.rawValue),
            "window_s": .integer(reservation.key.window.seconds),
            "amount": .integer(reservation.amount), "most": .integer(reservation.most),
        ]
    }
}
