// sandboa policy fmt, convert, suggest and replay: policies as text, and against the past.

import Gateway
import Kernel
import Ledger
import Notation
import Policies

extension Program {
    // MARK: fmt and convert

    func formatPolicy(_ invocation: Invocation) throws -> ExitCode {
        let word = invocation.text(.firstPolicy)
        guard let policy = try loadPolicy(word, invocation) else { return .usage }
        let path = try policyFile(word, invocation).path
        return try printed(invocation, to: invocation.has(.write) ? path : nil) {
            let source = try Files.contents(of: path, limit: PolicyLoader.maxBytes)
            return try PolicyFormatter.text(of: policy, source: source)
        }
    }

    func convertPolicy(_ invocation: Invocation) throws -> ExitCode {
        guard let policy = try loadPolicy(invocation.text(.firstPolicy), invocation) else {
            return .usage
        }
        let target = invocation.text(.to).flatMap(Policy.Dialect.init(rawValue:)) ?? .sandboa
        return try printed(invocation, to: nil) {
            try PolicyPrinter.text(of: policy, as: target)
        }
    }

    /// Prints what `make` gives, or writes it over a file; says all that it can't say.
    private func printed(
        _ invocation: Invocation, to path: String?, _ make: () throws -> String
    ) throws -> ExitCode {
        do {
            let text = try make()
            guard let path else {
                terminal.say(text)
                return .ok
            }
            try Files.replace(path, with: Array(text.utf8), mode: 0o644)
            return .ok
        } catch let problems as InvalidPolicy {
            complain(problems.problems)
            return .failed
        }
    }

    // MARK: suggest and replay

    func suggestPolicy(_ invocation: Invocation) throws -> ExitCode {
        guard let calls = try pastCalls(invocation) else { return .environment }
        let suggestion = PolicySuggestion(from: calls)
        for note in suggestion.notes { terminal.complain("note: \(note.printable)\n") }
        return try printed(invocation, to: nil) { try suggestion.text() }
    }

    func replayPolicy(_ invocation: Invocation) throws -> ExitCode {
        guard let policy = try loadPolicy(invocation.text(.policy) ?? "default", invocation)
        else { return .usage }
        guard let calls = try pastCalls(invocation) else { return .environment }
        let replay = PolicyReplay(
            of: calls, under: CompiledPolicy(policy), completing: Self.completed)
        if invocation.has(.json) {
            terminal.say(replay.json)
        } else {
            show(PolicyReplay.columns, replay.rows)
            terminal.say("\(replay.summary)\n")
        }
        return replay.changed.isEmpty ? .ok : .failed
    }

    /// The decided calls of the audit log, oldest first; nil: there is no log, and it was said.
    private func pastCalls(_ invocation: Invocation) throws -> [PastCall]? {
        guard let reader = try auditReader(invocation) else { return nil }
        var calls: [PastCall] = []
        var places: [String: Int] = [:]
        try reader.search { entry in
            switch entry.kind {
            case .decided:
                guard let call = PastCall(entry) else { break }
                places[entry.id] = calls.count
                calls.append(call)
            case .finished:
                if let id = entry.text(AuditField.call), let place = places[id] {
                    calls[place].succeeded = entry.text(AuditField.status) == "ok"
                }
            default: break
            }
            return calls.count < Self.maxPastCalls
        }
        return calls
    }

    private static let maxPastCalls = 1_000_000
}

extension PastCall {
    /// nil: nothing was decided about the call: its arguments did not fit.
    fileprivate init?(_ entry: AuditEntry) {
        guard let tool = entry.text(AuditField.tool), let time = entry.time,
            let at = Instant(time),
            let decision = entry.text(AuditField.decision)
                .flatMap(Verdict.Decision.init(rawValue:))
        else { return nil }
        let category = entry.text(AuditField.category).flatMap(Category.init(rawValue:))
        // Code is not in the log, and what was redacted is not what was judged.
        let isWhole =
            entry[AuditField.codeBytes] == nil
            && !(entry[AuditField.summary]?.text.contains(Redactor.mask) ?? false)
        self.init(
            tool: tool, arguments: isWhole ? entry[AuditField.summary]?.asObject ?? [:] : nil,
            at: at,
            decision: decision, rule: entry.text(AuditField.rule) ?? "",
            category: category ?? .execute, grant: entry.text(AuditField.grant) ?? "",
            session: entry.text(AuditField.session) ?? "",
            client: entry.text(AuditField.client) ?? "", succeeded: false, id: entry.id)
    }
}
