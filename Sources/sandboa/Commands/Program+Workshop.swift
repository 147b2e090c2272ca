// What a server has besides its engines: the workspace, kept artifacts, sessions, environments.

import Catalog
import Engine
import Gateway
import Kernel
import Workspace

extension Program {
    /// The workshop of a server, or of one call from the shell.
    func workshop(_ shelf: EngineShelf, _ invocation: Invocation) throws -> Workshop {
        let installation = try Installation.find()
        let home = try home(invocation)
        let path = try workspace(invocation, installation)
        let environments = Environments(home: home, installation: installation)
        let embedded = Lazily { EmbeddedPython.ask(installation) }
        var limits = SessionLimits(clearingWith: Catalog.sessionEnd)
        if invocation.accepts(.sessionCount), let count = invocation.integer(.sessionCount) {
            limits.sessions = Int(count)
        }
        if invocation.accepts(.sessionIdle), let time = invocation.duration(.sessionIdle) {
            limits.idleMilliseconds = time.milliseconds
        }
        var rooms = Workshop.Rooms(sessionLimits: limits)
        rooms.artifacts = ArtifactStore(
            home: home, lifeMilliseconds: Int64(Ran.artifactMinutes) * 60_000)
        if let path {
            do throws(WorkspaceRefusal) { rooms.workspace = try Workspace(path) } catch {
                throw EngineError(
                    stage: "workspace", message: error.reason, fix: "name another directory",
                    isOperatorMistake: true)
            }
        }
        rooms.environments = {
            EnvironmentSearch(
                environments: environments, workspace: path, places: .find(),
                embedded: embedded.value)
        }
        return Workshop(shelf, rooms)
    }
}

/// Worked out when it is first asked for, once.
private final class Lazily<Value: Sendable>: Sendable {
    private let known = Monitor<Value?>(nil)
    private let make: @Sendable () -> Value

    init(_ make: @escaping @Sendable () -> Value) { self.make = make }

    var value: Value {
        if let value = known.read({ $0 }) { return value }
        let value = make()
        known.update { $0 = value }
        return value
    }
}
