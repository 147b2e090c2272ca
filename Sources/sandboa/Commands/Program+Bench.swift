// sandboa bench: what a call costs, as ratios.

import Engine
import Kernel

extension Program {
    func bench(_ invocation: Invocation) throws -> ExitCode {
        let rows = invocation.names(.only).map { $0.compactMap(BenchRow.init(rawValue:)) }
        let rounds = invocation.integer(.rounds).map { Int($0) } ?? Bench.defaultRounds
        try Signal.ignore(Signal.pipe)
        var bench = try Bench(
            try Installation.find(), rows: rows ?? BenchRow.allCases, rounds: rounds)
        if !invocation.has(.json) {
            terminal.complain("measuring \(rounds) rounds; other work on this machine shows.\n")
        }
        let report = try bench.report()
        if invocation.has(.json) {
            terminal.say(report.json)
        } else {
            terminal.say(report.text(width: terminal.width, style: terminal.style))
        }
        return .ok
    }
}
