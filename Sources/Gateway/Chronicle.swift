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
    let log: AuditLog?

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
        let verdict = entry.judgement.verdict
        let call = entry.call
        // In canonical order, which spares sorting.
        var fields = AuditFields()
        if let approval = entry.approval { fields.add(Key.approval, .string(approval)) }
        fields.add(Key.arguments, .string(log.digest(of: .object(call.arguments))))
        fields.add(Key.category, .string(entry.category.rawValue))
        fields.add(Key.client, .string(call.caller.client))
        Self.addCode(of: call, to: &fields)
        fields.add(Key.decision, .string(verdict.decision.rawValue))
        fields.add(Key.decisionMicroseconds, .integer(entry.decisionNanoseconds / 1000))
        fields.add(Key.era, .string(call.caller.era))
        if let finding = verdict.finding { fields.add(Key.finding, .object(finding.json)) }
        fields.add(Key.grant, unlessEmpty: call.caller.grant)
        if let limits = verdict.limits { fields.add(Key.limits, .object(limits.json)) }
        if let observed = verdict.observed { fields.add(Key.observed, .string(observed)) }
        fields.add(Key.policy, .string(verdict.policyHash))
        fields.add(Key.profile, .string(verdict.profile ?? entry.declaration.profile))
        fields.add(Key.reason, unlessEmpty: verdict.reason)
        fields.add(Key.request, call.caller.request)
        if !verdict.reservations.isEmpty {
            fields.add(Key.reservations, .array(verdict.reservations.map(Self.described)))
        }
        fields.add(Key.risk, .string(entry.declaration.risk.rawValue))
        fields.add(Key.rule, unlessEmpty: verdict.rule)
        Self.addSession(of: call, to: &fields, log)
        Self.addSummary(of: call, to: &fields)
        fields.add(Key.tool, .string(call.tool))
        fields.add(Key.transport, .string(call.caller.transport))
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
        case .refused(let refusal): ended(entry, done.status, refusal.code)
        case .sessions, .files, .environments: ended(entry, done.status, nil)
        }
    }

    /// Records the end of a call that ran no program.
    private func ended(_ entry: Entry, _ status: String, _ error: String?) {
        var fields = AuditFields()
        fields.add(Key.call, unlessEmpty: entry.id ?? "")
        fields.add(Key.error, unlessEmpty: error ?? "")
        fields.add(Key.status, .string(status))
        fields.add(Key.tool, .string(entry.call.tool))
        close(fields)
    }

    private func finished(_ entry: Entry, _ outcome: Outcome) {
        // In canonical order, which spares sorting.
        var fields = AuditFields()
        fields.add(
            Key.bytesOut,
            .integer(
                Int64(outcome.output.text.utf8.count + outcome.errors.text.utf8.count)))
        fields.add(Key.call, unlessEmpty: entry.id ?? "")
        fields.add(Key.cpu, .integer(outcome.usage.cpuMicroseconds / 1000))
        fields.add(Key.error, unlessEmpty: outcome.report?.errorType ?? outcome.cause?.type ?? "")
        fields.add(Key.peak, .integer(outcome.usage.peakBytes))
        fields.add(Key.status, .string(outcome.status.rawValue))
        fields.add(Key.tool, .string(entry.call.tool))
        fields.add(Key.truncated, .bool(outcome.output.isCut || outcome.errors.isCut))
        fields.add(Key.wall, .integer(outcome.usage.wallMicroseconds / 1000))
        close(fields)
    }

    /// Records that an allowed call did not run after all.
    func notRun(_ entry: Entry, _ reason: String) {
        var fields = AuditFields()
        fields.add(Key.call, unlessEmpty: entry.id ?? "")
        fields.add(Key.error, .string(reason))
        fields.add(Key.status, "not_run")
        fields.add(Key.tool, .string(entry.call.tool))
        close(fields)
    }

    private func close(_ fields: AuditFields) {
        // The decision is on record; a log that fails now counts its failures and is told at exit.
        do throws(LedgerError) { try log?.append(AuditRecord(.finished, fields)) } catch { return }
    }

    /// Records a call whose arguments made no sense; nothing was decided about it.
    func invalid(_ call: Pipeline.Call, _ declaration: Declaration, _ reason: String) {
        guard let log else { return }
        var fields = AuditFields()
        fields.add(Key.arguments, .string(log.digest(of: .object(call.arguments))))
        fields.add(Key.client, .string(call.caller.client))
        Self.addCode(of: call, to: &fields)
        fields.add(Key.decision, "invalid")
        fields.add(Key.era, .string(call.caller.era))
        fields.add(Key.grant, unlessEmpty: call.caller.grant)
        fields.add(Key.reason, .string(reason))
        fields.add(Key.request, call.caller.request)
        fields.add(Key.risk, .string(declaration.risk.rawValue))
        Self.addSession(of: call, to: &fields, log)
        Self.addSummary(of: call, to: &fields)
        fields.add(Key.tool, .string(call.tool))
        fields.add(Key.transport, .string(call.caller.transport))
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

    /// Code is told by length and digest; its text is the caller's and may hold anything.
    private static func addCode(of call: Pipeline.Call, to fields: inout AuditFields) {
        guard let code = call.arguments["code"]?.asString else { return }
        fields.add(Key.codeBytes, .integer(Int64(code.utf8.count)))
        fields.add(Key.codeHash, .string(SHA256.hex(Array(code.utf8))))
    }

    private static func addSession(
        of call: Pipeline.Call, to fields: inout AuditFields, _ log: AuditLog
    ) {
        guard !call.caller.session.isEmpty else { return }
        fields.add(Key.session, .string(log.digest(of: call.caller.session)))
    }

    /// The arguments without the code.
    private static func addSummary(of call: Pipeline.Call, to fields: inout AuditFields) {
        var summary: JSONObject = [:]
        for (key, value) in call.arguments where key != "code" || value.asString == nil {
            summary[key] = value
        }
        if !summary.isEmpty { fields.add(Key.summary, .object(summary)) }
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

/// The names in a record of a call, ready to be written.
private enum Key {
    static let approval = AuditKey("approval")
    static let arguments = AuditKey(AuditField.arguments)
    static let bytesOut = AuditKey(AuditField.bytesOut)
    static let call = AuditKey(AuditField.call)
    static let category = AuditKey(AuditField.category)
    static let client = AuditKey(AuditField.client)
    static let codeBytes = AuditKey(AuditField.codeBytes)
    static let codeHash = AuditKey(AuditField.codeHash)
    static let cpu = AuditKey(AuditField.cpu)
    static let decision = AuditKey(AuditField.decision)
    static let decisionMicroseconds = AuditKey(AuditField.decisionMicroseconds)
    static let era = AuditKey(AuditField.era)
    static let error = AuditKey(AuditField.error)
    static let finding = AuditKey(AuditField.finding)
    static let grant = AuditKey(AuditField.grant)
    static let limits = AuditKey(AuditField.limits)
    static let observed = AuditKey("observed")
    static let peak = AuditKey(AuditField.peak)
    static let policy = AuditKey(AuditField.policy)
    static let profile = AuditKey(AuditField.profile)
    static let reason = AuditKey(AuditField.reason)
    static let request = AuditKey(AuditField.request)
    static let reservations = AuditKey(AuditField.reservations)
    static let risk = AuditKey(AuditField.risk)
    static let rule = AuditKey(AuditField.rule)
    static let session = AuditKey(AuditField.session)
    static let status = AuditKey(AuditField.status)
    static let summary = AuditKey(AuditField.summary)
    static let tool = AuditKey(AuditField.tool)
    static let transport = AuditKey(AuditField.transport)
    static let truncated = AuditKey(AuditField.truncated)
    static let wall = AuditKey(AuditField.wall)
}
