// sandboa env list, build, remove, status: Pythons with packages.

import Engine
import Kernel
import Notation
import Wire

extension Program {
    func listEnvironments(_ invocation: Invocation) throws -> ExitCode {
        let search = try environmentSearch(invocation)
        let listing = search.list()
        if invocation.has(.json) {
            terminal.say(.array(listing.environments.map { described($0, search.environments) }))
        } else {
            let columns = ["ENVIRONMENT", "KIND", "VERSION", "PATH"].map { Table.Column(title: $0) }
            let table = Table(columns: columns, rows: listing.environments.flatMap(rows))
            terminal.say(table.text(width: terminal.width, style: terminal.style))
        }
        for note in listing.notes { terminal.complain("sandboa: \(note)\n") }
        return .ok
    }

    /// One environment, and under it what is wrong with it.
    private func rows(_ environment: EnvironmentState) -> [[Table.Cell]] {
        let first: [Table.Cell] = [
            Table.Cell(environment.name, .name), Table.Cell(environment.kind.rawValue),
            Table.Cell(environment.version ?? "?"), Table.Cell(environment.path),
        ]
        guard let fault = environment.fault else { return [first] }
        return [first, ["", "", "", Table.Cell(fault, .doubtful)]]
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

    private func described(
        _ environment: EnvironmentState, _ environments: Environments
    ) -> JSON {
        var told = environment.described
        if environment.kind == .managed,
            let more = described(environment.name, in: environments).asObject
        {
            for (key, value) in more { told[key] = value }
        }
        return .object(told)
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

extension EnvironmentState {
    /// What `--json` tells of an environment.
    var described: JSONObject {
        [
            "name": .string(name), "kind": .string(kind.rawValue), "path": .string(path),
            "version": version.map(JSON.string) ?? .null,
            "fault": fault.map(JSON.string) ?? .null,
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
