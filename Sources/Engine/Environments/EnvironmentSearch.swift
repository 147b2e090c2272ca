// Which Pythons there are: the embedded one, those we have built, the user's, the workspace's.
//
// INVARIANT: every name stands for one environment, whatever files are called.
// INVARIANT: nothing found is run, and a search ends within its budget, saying what it left out.

internal import Kernel
internal import Notation
package import Wire

/// Looks for environments, anew each time it is asked.
package struct EnvironmentSearch: Sendable {
    package let environments: Environments
    /// The user's directory that calls may see, an absolute path without links; nil: none.
    package let workspace: String?
    package let places: UserPlaces
    package let embedded: EmbeddedPython

    /// What the embedded interpreter is called, and what else stands for it.
    package static let systemName = "system"
    package static let defaultName = "default"

    package init(
        environments: Environments, workspace: String?, places: UserPlaces,
        embedded: EmbeddedPython
    ) {
        self.environments = environments
        self.workspace = workspace
        self.places = places
        self.embedded = embedded
    }

    /// All of them: the embedded one first, then those built here, pyenv's, conda's and the
    /// workspace's, each by name. Blocks for two seconds at most.
    package func list() -> EnvironmentListing {
        let found = search()
        return EnvironmentListing(
            environments: found.environments.map(\.state), notes: found.notes.all)
    }

    /// The environment of that name; a virtual one also by `./PATH` or `PATH/`.
    package func environment(named name: String) throws(EnvironmentRefusal) -> EnvironmentState {
        try find(name).state
    }

    func find(_ name: String) throws(EnvironmentRefusal) -> FoundEnvironment {
        let found = search()
        for spelling in Self.spellings(of: name) {
            if let match = found.environments.first(where: { $0.state.name == spelling }) {
                return match
            }
        }
        throw Self.unknown(name, found)
    }

    private static func spellings(of name: String) -> [String] {
        if name == defaultName { return [systemName] }
        var path = Substring(name)
        while path.hasSuffix("/") { path = path.dropLast() }
        if path.hasPrefix("./") { path = path.dropFirst(2) }
        return [name, String(path)]
    }

    private static let mostNamed = 30

    private static func unknown(_ name: String, _ found: Found) -> EnvironmentRefusal {
        let known = [systemName, defaultName] + found.environments.dropFirst().map(\.state.name)
        let hint = Suggestion.nearest(to: name, among: known).map { " Did you mean '\($0)'?" }
        let more = known.count > mostNamed ? " and \(known.count - mostNamed) more" : ""
        return EnvironmentRefusal(
            .notFound,
            "There is no environment \(Notes.quote(name)).\(hint ?? "") There are: "
                + known.prefix(mostNamed).joined(separator: ", ") + more + ".")
    }

    // MARK: The search

    /// What a search has found so far.
    struct Found: Sendable {
        private(set) var environments: [FoundEnvironment] = []
        private var names: Set = [defaultName]
        var notes = Notes()
        var budget = SearchBudget()
        /// Where environments are that virtual ones may be made from.
        var directories: Set<String> = []

        var isFull: Bool { environments.count >= SearchBudget.mostEnvironments }

        /// Adds an environment under the first of the names that is still free.
        mutating func add(_ environment: FoundEnvironment, orAs other: String? = nil) {
            let wanted = [environment.state.name, other].compactMap { $0 }
            guard !isFull, let name = wanted.first(where: { !names.contains($0) }) else {
                let reason = isFull ? "there are too many" : "its name is taken"
                return notes.add("\(Notes.quote(wanted[0])) is left out: \(reason).")
            }
            var environment = environment
            environment.state.name = name
            names.insert(name)
            environments.append(environment)
        }
    }

    private func search() -> Found {
        var found = Found()
        found.add(FoundEnvironment(embedded: embedded))
        findManaged(&found)
        findPyenv(&found)
        findConda(&found)
        if let workspace { findVirtual(in: workspace, &found) }
        return found
    }

    private func findManaged(_ found: inout Found) {
        let examination = EnvironmentExamination(isVirtual: true, ownSeries: embedded.series)
        for name in environments.names {
            let place = environments.directory(name)
            let state = environments.state(name)
            guard state != .missing else {
                let fault = "It is not built; the operator can run `sandboa env build \(name)`."
                found.add(
                    FoundEnvironment(missing: name, kind: .managed, at: place, fault: fault))
                continue
            }
            do throws(SystemError) {
                let directory = try ForeignDirectory(place)
                var findings = examination.examine(directory)
                if state == .outdated {
                    findings.faults.append(
                        "It was built from another lock; the operator can run "
                            + "`sandboa env build \(name)`.")
                }
                found.add(
                    FoundEnvironment(
                        name: name, kind: .managed, root: place, steps: [], findings))
            } catch {
                let fault = "It can't be looked into: \(error.reason)."
                found.add(
                    FoundEnvironment(missing: name, kind: .managed, at: place, fault: fault))
            }
        }
    }
}
