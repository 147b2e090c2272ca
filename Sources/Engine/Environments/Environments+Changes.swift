// Building and removing environments, one at a time per name.

internal import Kernel

extension Environments {
    /// What `build` found or did.
    package enum Built: Hashable, Sendable { case already, now }

    /// Makes an environment as its lock says. `progress` gets one line per step.
    package func build(
        _ name: String, progress: @escaping (String) -> Void
    ) throws(EngineError) -> Built {
        if state(name) == .ready { return .already }
        do {
            let waiting = { progress("\(name): waiting for another build") }
            return try whileHolding(name, waiting: waiting) {
                // Another build may have finished while this one waited.
                if state(name) == .ready { return .already }
                try sweep(name)
                let builder = EnvironmentBuilder(
                    name: name, lock: try lockText(name), lockPath: lockPath(name),
                    fresh: scrap(name, "new"), turn: $0, progress: progress)
                try builder.build()
                try swapIn(builder.fresh, for: name)
                return .now
            }
        } catch let error as EngineError {
            throw error
        } catch {
            throw Self.failure(error)
        }
    }

    /// Removes what was built. False: there was nothing.
    package func remove(_ name: String) throws(EngineError) -> Bool {
        guard Files.isDirectory(place) else { return false }
        do {
            return try whileHolding(name, waiting: {}) { _ in
                try sweep(name)
                guard Files.isDirectory(directory(name)) else { return false }
                // Out of the way first: a half removed environment must not be found.
                let old = scrap(name, "old")
                try Files.move(directory(name), to: old)
                try Files.removeTree(old)
                return true
            }
        } catch { throw Self.failure(error) }
    }

    private static func failure(_ error: any Error) -> EngineError {
        EngineError(
            stage: "environment", message: "\(error)",
            fix: "check the space and the permissions under --home, then try again")
    }

    // MARK: Steps

    /// Does something when no other process changes this environment. `change` gets the lock's
    /// descriptor: children of a build hold it too, so that what outlives a killed build is over
    /// before the next one cleans up.
    private func whileHolding<Result>(
        _ name: String, waiting: () -> Void, _ change: (CInt) throws -> Result
    ) throws -> Result {
        try Files.makeDirectories(place)
        let turn = try Files.open("\(place)/.\(name).turn", .append)
        if try !turn.tryLock() {
            waiting()
            try turn.lock()
        }
        let result = try change(turn.raw)
        _ = consume turn
        return result
    }

    /// Removes what killed builds left.
    private func sweep(_ name: String) throws(SystemError) {
        for entry in try Files.names(in: place)
        where entry.hasPrefix(".\(name).") && (entry.hasSuffix(".new") || entry.hasSuffix(".old")) {
            try Files.removeTree("\(place)/\(entry)")
        }
    }

    private func scrap(_ name: String, _ suffix: String) -> String {
        "\(place)/.\(name).\(Processes.ownPid).\(suffix)"
    }

    private func swapIn(_ fresh: String, for name: String) throws(SystemError) {
        let directory = directory(name)
        guard Files.isDirectory(directory) else { return try Files.move(fresh, to: directory) }
        try Files.exchange(fresh, with: directory)
        try Files.removeTree(fresh)
    }
}
