// sandboa repl: sessions from the shell.

import Engine
import Jail
import Kernel
import Wire

extension Program {
    func repl(_ invocation: Invocation) throws -> ExitCode {
        let engine = try engine(
            invocation, named: "interpreter", changing: { apply(invocation, to: &$0) },
            readySlots: 1)
        try engine.start()
        defer { engine.end() }
        _ = try engine.waitUntilReady()
        var limits = SessionLimits(clearingWith: "`:clear`")
        if let count = invocation.integer(.sessionCount) { limits.sessions = Int(count) }
        if let time = invocation.duration(.sessionIdle) {
            limits.idleMilliseconds = time.milliseconds
        }
        let sessions = Sessions(engine: { engine }, limits: limits)
        defer { sessions.end() }
        var repl = Repl(
            sessions, terminal, on: template(invocation),
            limitMilliseconds: engine.configuration.profile.limits.wallMilliseconds,
            isJSON: invocation.has(.json), isTerminal: try Files.duplicate(0).isTerminal)
        try repl.serve()
        return .ok
    }

    private func apply(_ invocation: Invocation, to limits: inout Limits) {
        if let time = invocation.duration(.timeout) {
            limits.wallMilliseconds = time.milliseconds
            limits.wallCeilingMilliseconds = max(limits.wallCeilingMilliseconds, time.milliseconds)
        }
        if let bytes = invocation.size(.memory) {
            limits.memory = bytes
            limits.addressSpace = max(limits.addressSpace, 4 * bytes)
        }
        if let count = invocation.integer(.processes) { limits.processes = count }
    }

    private func template(_ invocation: Invocation) -> TemplateName {
        invocation.text(.template).flatMap(TemplateName.init(rawValue:)) ?? .std
    }
}
