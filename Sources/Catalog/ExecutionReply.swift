// The result of every tool that runs code: one structure, one short text.

import Notation
internal import Wire

/// Shapes an outcome for the model and for programs.
package struct ExecutionReply {
    let ran: Ran
    private let outcome: Outcome
    private let session: SessionNote?
    private let plan: Plan
    private let layout: Layout
    /// Bytes of the value's repr that the worker was asked for.
    private let resultLimit: Int

    package init(_ ran: Ran, _ plan: Plan, _ layout: Layout = .markers) {
        self.ran = ran
        outcome = ran.outcome
        session = ran.session
        self.plan = plan
        self.layout = layout
        switch plan.work {
        case .run(let execution), .session(_, let execution):
            resultLimit = Int(execution.job.resultLimit)
        case .sessions, .files, .environments:
            preconditionFailure("only a program has a program's reply")
        }
    }

    package var reply: Reply {
        var structured: JSONObject = [
            "status": .string(outcome.status.rawValue),
            "stdout": .string(outcome.output.text),
            "stderr": .string(outcome.errors.text),
            "result": outcome.status == .ok
                ? value.map { .string($0) } ?? .null : .null,
            "error": error.map { .object($0) } ?? .null,
            "artifacts": .array(ran.artifacts.map(\.described)),
            "truncated": .object(truncated),
            "usage": .object(usage),
            "limits": .object(plan.limits.described),
        ]
        structured["session"] = session?.fields
        let notes = plan.notes + ran.artifactNotes
        if !notes.isEmpty { structured["notes"] = .array(notes.map { .string($0) }) }
        addShown(to: &structured)
        var reply = Reply(text: text, structured: structured, isError: outcome.status != .ok)
        reply.parts += pictures + links
        return reply
    }

    // MARK: Parts

    private var error: JSONObject? {
        guard outcome.status != .ok else { return nil }
        let report = outcome.report
        var error: JSONObject = [
            "type": .string(report?.errorType ?? fallbackType),
            "message": .string(message),
            "line": report?.errorLine.map { .integer(Int64($0)) } ?? .null,
            "traceback": report?.traceback.map { .string($0) } ?? .null,
        ]
        if case .unsatisfied(let list) = report?.claim { error["unsatisfied"] = unsatisfied(list) }
        return error
    }

    private var fallbackType: String {
        switch outcome.report?.claim {
        case .unsatisfied: "RequirementsNotInstalled"
        case .invalid: "InvalidArguments"
        default: outcome.cause?.type ?? "Error"
        }
    }

    private var message: String {
        let report = outcome.report
        if case .unsatisfied(let list) = report?.claim {
            let items = unsatisfied(list).asArray ?? []
            let lines = items.map { item in
                "\(item["requirement"]?.asString ?? "?"): \(item["reason"]?.asString ?? "?")"
            }
            return "not installed here, and packages cannot be installed by this tool yet: "
                + lines.joined(separator: "; ")
                + ". Use only the standard library and what is installed."
        }
        let said = report?.errorMessage ?? ""
        let cause = outcome.cause?.message ?? ""
        if said.isEmpty { return cause }
        return cause.isEmpty || outcome.cause?.type == "SystemExit" ? said : "\(said) (\(cause))"
    }

    /// The worker cuts the value itself; a program that writes its own result is held to it here.
    private var value: String? {
        guard let value = outcome.report?.value else { return nil }
        guard value.utf8.count > resultLimit else { return value }
        var end = value.utf8.index(value.startIndex, offsetBy: resultLimit)
        while end.samePosition(in: value.unicodeScalars) == nil {
            end = value.utf8.index(before: end)
        }
        return String(value[..<end])
    }

    /// The worker's list is hostile like everything from there: anything odd becomes empty.
    private func unsatisfied(_ list: [UInt8]) -> JSON {
        let limits = JSONLimits(maxBytes: 65_536, maxDepth: 4, maxMembers: 1_000)
        do throws(JSONError) {
            let value = try JSON(parsing: list, limits: limits)
            return value.asArray == nil ? [] : value
        } catch { return [] }
    }

    private var truncated: JSONObject {
        var cut: JSONObject = [:]
        for (name, stream) in [("stdout", outcome.output), ("stderr", outcome.errors)]
        where stream.isCut {
            var told: JSONObject = [
                "shown": .integer(stream.shown), "total": .integer(stream.total),
            ]
            if let whole = ran.whole[name] { told["uri"] = .string(whole.uri) }
            cut[name] = .object(told)
        }
        if outcome.status == .ok, let value, let told = outcome.report?.value {
            let shown = Int64(value.unicodeScalars.count)
            let said = Int64(clamping: outcome.report?.valueTotal ?? 0)
            let total = max(said, Int64(told.unicodeScalars.count))
            if shown < total {
                cut["result"] = ["shown": .integer(shown), "total": .integer(total)]
            }
        }
        return cut
    }

    private var usage: JSONObject {
        [
            "wall_ms": milliseconds(outcome.usage.wallMicroseconds),
            "cpu_ms": milliseconds(outcome.usage.cpuMicroseconds),
            "peak_bytes": .integer(outcome.usage.peakBytes),
            "processes": .integer(outcome.usage.processes),
        ]
    }

    private func milliseconds(_ microseconds: Int64) -> JSON {
        let fraction = String(microseconds % 1000 + 1000).dropFirst()
        return .number("\(microseconds / 1000).\(fraction)")
    }

    // MARK: Text

    private var text: String {
        var parts = [layout.heading].compactMap { $0 }
        let notes = (session?.warnings ?? []) + plan.notes + ran.artifactNotes
        parts += notes.map { "note: \($0)" }
        let opening = parts.count
        if outcome.status != .ok { parts.append(layout.failure + failure) }
        let output = outcome.output.text
        if !output.isEmpty {
            let end = output.hasSuffix("\n") ? 1 : 0
            parts.append(layout.output + String(output.dropLast(end)))
        }
        if outcome.status == .ok, let value {
            parts.append(layout.result + value)
        }
        parts += shownTexts
        if !outcome.errors.text.isEmpty { parts.append(layout.errors + outcome.errors.text) }
        if parts.count == opening, let nothing = layout.nothing { parts.append(nothing) }
        if let list = resourceList { parts.append(list) }
        return parts.joined(separator: layout.separator)
    }

    private var failure: String {
        let kind = outcome.report?.errorType ?? fallbackType
        let line = outcome.report?.errorLine.map { " (line \($0))" } ?? ""
        let head = "\(outcome.status.rawValue): \(kind): \(message)\(line)"
        guard let traceback = outcome.report?.traceback else { return head }
        return "\(head)\n\(traceback)"
    }
}
