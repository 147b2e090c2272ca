// Sessions from a terminal or a pipe: cells in, results out.

import Engine
import Kernel
import Notation
import Wire

/// Reads cells and commands until the input ends.
struct Repl {
    let sessions: Sessions
    let terminal: Terminal
    let template: TemplateName
    let limitMilliseconds: Int64
    let isJSON: Bool
    let isTerminal: Bool
    private var current = "main"
    private var reader = CellReader()

    /// Everybody at this terminal is one owner.
    private static let owner = "repl"

    init(
        _ sessions: Sessions, _ terminal: Terminal, on template: TemplateName,
        limitMilliseconds: Int64, isJSON: Bool, isTerminal: Bool
    ) {
        self.sessions = sessions
        self.terminal = terminal
        self.template = template
        self.limitMilliseconds = limitMilliseconds
        self.isJSON = isJSON
        self.isTerminal = isTerminal
    }

    /// Takes everything that is typed. Throws when our own side failed.
    mutating func serve() throws {
        let input = try Files.duplicate(0)
        var bytes: [UInt8] = []
        prompt()
        while true {
            let part = try input.read(limit: 65_536)
            if part.isEmpty { break }
            bytes += part
            while let end = bytes.firstIndex(of: 0x0A) {
                let line = String(decoding: bytes[..<end], as: UTF8.self)
                bytes.removeFirst(end + 1)
                if try !take(line) { return }
                prompt()
            }
            if bytes.count > CellReader.maximumBytes {
                fail(SessionRefusal(.limit, "a line has at most 1 MiB"), to: "read")
                return
            }
        }
        if !bytes.isEmpty, try !take(String(decoding: bytes, as: UTF8.self)) { return }
        if let cell = reader.finish() { try run(cell) }
    }

    private func prompt() {
        if isTerminal, !isJSON { terminal.say(reader.isEmpty ? ">>> " : "... ") }
    }

    /// false: no more.
    private mutating func take(_ line: String) throws -> Bool {
        if reader.isEmpty {
            let command: ReplCommand?
            do throws(ReplCommand.Problem) { command = try ReplCommand(line) } catch {
                fail(SessionRefusal(.notFound, error.message), to: "read")
                return true
            }
            if let command { return try obey(command) }
        }
        if let cell = reader.add(line) { try run(cell) }
        return true
    }

    // MARK: Cells

    private func run(_ code: String) throws {
        var request = RunRequest(job: Job(code: code), limitMilliseconds: limitMilliseconds)
        if !isJSON { request.listener = terminal.listener() }
        do {
            let run = try sessions.run(request, on: template, in: current, owner: Self.owner)
            if isJSON { say(run.json(session: current)) } else { show(run) }
        } catch let refusal as SessionRefusal {
            fail(refusal, to: "run")
        }
    }

    private func show(_ run: SessionRun) {
        if let lost = run.lost { terminal.fail(lost) }
        let outcome = run.outcome
        if let value = outcome.report?.value { terminal.say(value.printable + "\n") }
        if let traceback = outcome.report?.traceback {
            terminal.complain(traceback)
        } else if let message = outcome.cause?.message ?? outcome.report?.errorMessage {
            if outcome.status != .ok { terminal.fail("\(outcome.status.rawValue): \(message)") }
        }
        if let ended = run.ended { terminal.fail("the session has ended: \(ended)") }
    }

    // MARK: Commands

    /// false: no more.
    private mutating func obey(_ command: ReplCommand) throws -> Bool {
        do {
            try perform(command)
        } catch let refusal as SessionRefusal {
            fail(refusal, to: "\(command)".prefix { $0.isLetter }.description)
        }
        return command != .quit
    }

    private mutating func perform(_ command: ReplCommand) throws {
        switch command {
        case .checkpoint(let label):
            let made = try sessions.checkpoint(current, label: label, owner: Self.owner)
            tell("checkpoint", made.json, "snapshot \(made.id)")
        case .rollback(let snapshot):
            let state = try sessions.rollback(current, to: snapshot, owner: Self.owner)
            tell("rollback", state.json, "back at \(state.origin ?? ""), call \(state.calls)")
        case .branch(let snapshot):
            let made = try sessions.branch(
                current, from: snapshot, into: nil, owner: Self.owner)
            tell("branch", made.json, "session \(made.id); go there with :switch")
        case .switchTo(let session):
            current = session
            tell("switch", .string(session), "session \(session)")
        case .sessions:
            let states = sessions.list(owner: Self.owner)
            tell("sessions", .array(states.map(\.json)), states.map(\.line).joined())
        case .tree:
            let tree = try sessions.tree(current, owner: Self.owner)
            tell("tree", tree.json, tree.lines)
        case .history:
            let entries = try sessions.history(current, owner: Self.owner)
            let text = entries.map { "\($0.status.rawValue)  \($0.code)" }
            tell("history", .array(entries.map(\.json)), text.joined(separator: "\n"))
        case .clear:
            try sessions.clear(current, owner: Self.owner)
            tell("clear", .string(current), "session \(current) has ended")
        case .help: tell("help", .string(ReplCommand.helpText), ReplCommand.helpText)
        case .quit: return
        }
    }

    private func tell(_ command: String, _ json: JSON, _ text: String) {
        if isJSON { return say(.object(["command": .string(command), "answer": json])) }
        if !text.isEmpty { terminal.say(text.hasSuffix("\n") ? text : text + "\n") }
    }

    private func fail(_ refusal: SessionRefusal, to command: String) {
        guard isJSON else { return terminal.fail(refusal.reason) }
        say(
            .object([
                "command": .string(command),
                "error": .object([
                    "code": .string(refusal.code.rawValue), "reason": .string(refusal.reason),
                ]),
            ]))
    }

    /// One line.
    private func say(_ json: JSON) {
        terminal.say(String(decoding: json.bytes, as: UTF8.self) + "\n")
    }
}
