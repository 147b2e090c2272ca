// sandboa audit …: reading the log of calls. It never writes there.

import Engine
import Kernel
import Ledger
import Notation

extension Program {
    /// The log under the home directory; nil: there is none, and it was said.
    func auditReader(_ invocation: Invocation) throws -> AuditReader? {
        let path = "\(try home(invocation))/audit"
        guard Files.isDirectory(path) else {
            terminal.fail(
                "there is no audit log at \(path)",
                fix: "say where the server keeps its state: --home DIR")
            return nil
        }
        return try AuditReader(path)
    }

    func verifyAudit(_ invocation: Invocation) throws -> ExitCode {
        let keys: [VerifyingKey]
        do throws(LedgerError) {
            keys =
                try invocation.text(.publicKey).map { path throws(LedgerError) in
                    [try VerifyingKey(file: path)]
                } ?? []
        } catch {
            terminal.fail(error.description, fix: "give an Ed25519 public key: --public-key FILE")
            return .usage
        }
        guard let reader = try auditReader(invocation) else { return .environment }
        let found = try reader.verify(keys: keys)
        if invocation.has(.json) {
            terminal.say(Self.described(found))
        } else if let place = found.firstBreak {
            terminal.say("\(terminal.style.paint("BROKEN", .bad)) at \(place)\n")
        } else {
            let signed = keys.isEmpty ? "" : ", \(found.signed) signatures checked"
            terminal.say(
                "\(terminal.style.paint("intact", .good)): \(found.records) records in "
                    + "\(found.files) files\(signed); \(found.unsealed) after the last "
                    + "checkpoint\n")
        }
        return found.isIntact ? .ok : .failed
    }

    private static func described(_ found: AuditVerification) -> JSON {
        var object: JSONObject = [
            "intact": .bool(found.isIntact), "files": JSON(found.files),
            "records": .integer(found.records), "checkpoints": .integer(found.checkpoints),
            "signed": .integer(found.signed), "unsealed": .integer(found.unsealed),
            "recovered": JSON(found.recovered), "missed": .integer(found.missed),
        ]
        if let place = found.firstBreak {
            object["break"] = [
                "file": .string(place.file), "line": JSON(place.line),
                "reason": .string(place.reason),
            ]
        }
        return .object(object)
    }

    func tailAudit(_ invocation: Invocation) throws -> ExitCode {
        guard let reader = try auditReader(invocation) else { return .environment }
        let count = invocation.integer(.last).map(Int.init) ?? Self.tailRecords
        for entry in try reader.tail(count) {
            terminal.say(Self.line(entry, asJSON: invocation.has(.json)))
        }
        return .ok
    }

    private static let tailRecords = 20

    func searchAudit(_ invocation: Invocation) throws -> ExitCode {
        guard let query = query(invocation) else { return .usage }
        guard let reader = try auditReader(invocation) else { return .environment }
        var newest = Ring<AuditEntry>(invocation.integer(.last).map(Int.init))
        let asJSON = invocation.has(.json)
        try reader.search(query) { entry in
            if newest.isBounded {
                newest.add(entry)
            } else {
                terminal.say(Self.line(entry, asJSON: asJSON))
            }
            return true
        }
        for entry in newest.all { terminal.say(Self.line(entry, asJSON: asJSON)) }
        return .ok
    }

    private static func line(_ entry: AuditEntry, asJSON: Bool) -> String {
        if asJSON { return String(decoding: entry.bytes, as: UTF8.self) + "\n" }
        let time = entry.time.map { $0.text(fractionDigits: 3) } ?? ""
        let fields = [
            AuditField.kind, AuditField.tool, AuditField.decision, AuditField.status,
            AuditField.rule, AuditField.what,
        ]
        let words = fields.compactMap { entry.text($0) }.filter { !$0.isEmpty }
        return "\(time)  \(words.joined(separator: " "))".printable + "\n"
    }

    func exportAudit(_ invocation: Invocation) throws -> ExitCode {
        guard let query = query(invocation) else { return .usage }
        guard let reader = try auditReader(invocation) else { return .environment }
        let format = invocation.text(.exportFormat).flatMap(AuditFormat.init) ?? .jsonl
        let export = AuditExport(format, program: Self.version)
        try reader.export(query, as: export) { terminal.say($0) }
        return .ok
    }

    /// What the options look for; nil: a time makes no sense, and it was said.
    private func query(_ invocation: Invocation) -> AuditQuery? {
        var query = AuditQuery()
        if let kind = optional(.ofKind, invocation).flatMap(AuditRecord.Kind.init) {
            query.kinds = [kind]
        }
        query.tool = optional(.ofTool, invocation)
        query.decision = optional(.ofDecision, invocation)
        query.status = optional(.ofStatus, invocation)
        query.text = optional(.containing, invocation)
        for (option, path) in [(Option.since, \AuditQuery.from), (.until, \AuditQuery.to)] {
            guard let text = optional(option, invocation) else { continue }
            guard let time = RFC3339(text) else {
                terminal.fail(
                    "\(option.spelling): '\(text.printable)' is no time",
                    fix: "write it as 2026-01-15T10:00:00Z")
                return nil
            }
            query[keyPath: path] = time
        }
        return query
    }

    /// The value of an option the command may not have.
    private func optional(_ option: Option, _ invocation: Invocation) -> String? {
        CommandTable.command(invocation.command).option(named: option.name) == nil
            ? nil : invocation.text(option)
    }
}

/// The newest few of a sequence.
private struct Ring<Element> {
    private let most: Int?
    private var items: [Element] = []
    private var next = 0

    init(_ most: Int?) { self.most = most }

    var isBounded: Bool { most != nil }

    mutating func add(_ item: Element) {
        guard let most else { return }
        if items.count < most {
            items.append(item)
        } else {
            items[next] = item
            next = (next + 1) % most
        }
    }

    /// Oldest first.
    var all: [Element] { Array(items[next...] + items[..<next]) }
}
