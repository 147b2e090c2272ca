// The engines of a server, one for each profile that is in use.
//
// INVARIANT: a verdict's profile never opens what the tool's own profile closes.

package import Engine
internal import Jail
internal import Kernel
internal import Synchronization

/// Starts an engine when a verdict first asks for its profile, and ends all of them.
package final class EngineShelf: Sendable {
    /// The engine of the tools' own profile, started with the server.
    package let first: Engine
    private let make: @Sendable (String) throws -> Engine
    private let others = Monitor([String: Place]())

    private enum Place {
        case starting
        case ready(Engine)
    }

    /// `make` makes an engine for a profile by name, not started.
    package init(_ first: Engine, making make: @escaping @Sendable (String) throws -> Engine) {
        self.first = first
        self.make = make
    }

    /// Why a profile can't be had for a call.
    struct Refusal: Error, CustomStringConvertible {
        let description: String
    }

    /// The engine for a profile. Waits while it starts.
    func engine(for profile: String?) throws -> Engine {
        guard let profile, profile != first.configuration.profile.name else { return first }
        let known: Engine?? = others.wait { places -> Engine?? in
            switch places[profile] {
            case .ready(let engine): return .some(engine)
            case .starting: return nil
            case nil:
                places[profile] = .starting
                return .some(nil)
            }
        }
        if let engine = known ?? nil { return engine }
        do {
            let engine = try make(profile)
            if let wider = engine.configuration.profile.opening(
                beyond: first.configuration.profile)
            {
                throw Refusal(
                    description: "the profile '\(profile)' \(wider), and the tool's own profile "
                        + "does not: a policy can only choose stricter walls")
            }
            try engine.start()
            _ = try engine.waitUntilReady()
            others.update { $0[profile] = .ready(engine) }
            return engine
        } catch {
            others.update { $0[profile] = nil }
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
        return nil
    }
}
