// sandboa env list, build, remove, status: Pythons with packages.

import Engine
import Kernel
import Notation

extension Program {
    func listEnvironments(_ invocation: Invocation) throws -> ExitCode {
        let environments = try environments(invocation)
        if invocation.has(.json) {
            terminal.say(.array(environments.names.map { described($0, in: environments) }))
            return .ok
        }
        let rows = environments.names.map { name -> [Table.Cell] in
            let state = environments.state(name)
            return [
                Table.Cell(name, .name), Table.Cell(state.rawValue, state.tone),
                Table.Cell("\(environments.contents(name).count)"),
                Table.Cell(environments.directory(name)),
            ]
        }
        let columns = [
            Table.Column(title: "ENVIRONMENT"), Table.Column(title: "STATE"),
            Table.Column(title: "PACKAGES", alignment: .right), Table.Column(title: "PLACE"),
        ]
        let table = Table(columns: columns, rows: rows)
        terminal.say(table.text(width: terminal.width, style: terminal.style))
        return .ok
    }

    func buildEnvironment(_ invocation: Invocation) throws -> ExitCode {
        let environments = try environments(invocation)
        guard let name = known(invocation, environments) else { return .usage }
        let start = Moment.now
        let built = try environments.build(name) { terminal.complain("sandboa: \($0)\n") }
        let seconds = Moment.now.nanoseconds(since: start) / 1_000_000_000
        if invocation.has(.json) {
            terminal.say(described(name, in: environments))
        } else if built == .now {
            terminal.say("\(name) is ready after \(seconds) s: \(environments.directory(name))\n")
        } else {
            terminal.say("\(name) is ready: \(environments.directory(name))\n")
        }
        return .ok
    }

    func removeEnvironment(_ invocation: Invocation) throws -> ExitCode {
        let environments = try environments(invocation)
        guard let name = known(invocation, environments) else { return .usage }
        let wasThere = try environments.remove(name)
        if invocation.has(.json) {
            terminal.say(described(name, in: environments))
        } else {
            terminal.say(wasThere ? "\(name) is removed\n" : "\(name) was not there\n")
        }
        return .ok
    }

    func describeEnvironment(_ invocation: Invocation) throws -> ExitCode {
        let environments = try environments(invocation)
        guard let name = known(invocation, environments) else { return .usage }
        let state = environments.state(name)
        if invocation.has(.json) {
            terminal.say(described(name, in: environments))
        } else {
            let what = terminal.style.paint(state.rawValue, state.tone)
            terminal.say("\(name): \(what), \(environments.directory(name))\n")
            for package in environments.contents(name) { terminal.say("  \(package)\n") }
            if state != .ready { terminal.complain("  Fix: sandboa env build \(name)\n") }
        }
        return state == .ready ? .ok : .environment
    }

    // MARK: Shared

    func environments(_ invocation: Invocation) throws -> Environments {
        Environments(home: try home(invocation), installation: try Installation.find())
    }

    /// The environment that was named, when there is a lock for it.
    private func known(_ invocation: Invocation, _ environments: Environments) -> String? {
        let name = invocation.text(.environment)
        if environments.names.contains(name) { return name }
        let hint =
            Suggestion.nearest(to: name, among: environments.names)
            .map { "; did you mean '\($0)'?" } ?? ""
        terminal.fail(
            "there is no environment '\(name)'\(hint)", fix: "run `sandboa env list`")
        return nil
    }

    private func described(_ name: String, in environments: Environments) -> JSON {
        [
            "name": .string(name), "state": .string(environments.state(name).rawValue),
            "place": .string(environments.directory(name)),
            "python": .string(Environments.pythonVersion),
            "packages": .array(environments.contents(name).map { .string($0) }),
        ]
    }
}

extension Environments.State {
    /// How it is painted.
    var tone: Tone {
        switch self {
        case .ready: .good
        case .outdated: .doubtful
        case .missing: .bad
        }
    }
}
