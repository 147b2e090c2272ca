// The engines of a server, one for each profile that is in use.
//
// INVARIANT: a verdict's profile never opens what the tool's own profile closes.

package import Engine
package import Jail
internal import Kernel
internal import Synchronization

/// Starts an engine when a call first needs its profile, and ends all of them.
package final class EngineShelf: Sendable {
    /// Started with the server.
    package let first: Engine
    private let read: @Sendable (String) throws -> Profile
    private let make: @Sendable (Profile) throws -> Engine
    private let profiles: Mutex<[String: Profile]>
    private let others = Monitor([String: Place]())

    private enum Place {
        case starting
        case ready(Engine)
    }

    /// `reading` gives a profile by name; `making` makes an engine for it, not started.
    package init(
        _ first: Engine, reading read: @escaping @Sendable (String) throws -> Profile,
        making make: @escaping @Sendable (Profile) throws -> Engine
    ) {
        self.first = first
        self.read = read
        self.make = make
        let profile = first.configuration.profile
        profiles = Mutex([profile.name: profile])
    }

    /// Why a profile can't be had for a call.
    struct Refusal: Error, CustomStringConvertible {
        let description: String
    }

    /// A profile by name; its file is read once.
    package func profile(_ name: String) throws -> Profile {
        if let known = profiles.withLock({ $0[name] }) { return known }
        let profile = try read(name)
        profiles.withLock { $0[name] = profile }
        return profile
    }

    /// The engine for the profile a verdict chose, or else for the tool's own. Waits while it
    /// starts.
    func engine(_ chosen: String?, own: String) throws -> Engine {
        let name = chosen ?? own
        if name != own, let wider = try profile(name).opening(beyond: profile(own)) {
            throw Refusal(
                description: "the profile '\(name)' \(wider), and the tool's own profile does "
                    + "not: a policy can only choose stricter walls")
        }
        if name == first.configuration.profile.name { return first }
        let known: Engine?? = others.wait { places -> Engine?? in
            switch places[name] {
            case .ready(let engine): return .some(engine)
            case .starting: return nil
            case nil:
                places[name] = .starting
                return .some(nil)
            }
        }
        if let engine = known ?? nil { return engine }
        do {
            let engine = try make(profile(name))
            try engine.start()
            _ = try engine.waitUntilReady()
            others.update { $0[name] = .ready(engine) }
            return engine
        } catch {
            others.update { $0[name] = nil }
            throw error
        }
    }

    /// Stops a call: its worker dies now, or it never gets one.
    func cancel(_ cancellation: Cancellation) {
        for engine in started { engine.cancel(cancellation) }
    }

    package func end() {
        for engine in started { engine.end() }
    }

    private var started: [Engine] {
        let engines = others.read { places in
            places.values.compactMap { place -> Engine? in
                if case .ready(let engine) = place { engine } else { nil }
            }
        }
        return engines + [first]
    }
}

extension Profile {
    /// What this profile allows and the other does not; nil: nothing.
    fileprivate func opening(beyond other: Profile) -> String? {
        if mayFork && !other.mayFork { return "lets programs start processes" }
        if showsProcesses && !other.showsProcesses { return "shows a list of processes" }
        if workspace > other.workspace { return "lets programs \(workspace) the workspace" }
        return nil
    }
}
