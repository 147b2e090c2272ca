// sandboa env packages: what is installed in an environment.

import Engine
import Kernel
import Notation
import Wire

extension Program {
    func listPackages(_ invocation: Invocation) throws -> ExitCode {
        let search = try environmentSearch(invocation)
        do {
            let listing = try packages(of: invocation.text(.anyEnvironment), search, invocation)
            if invocation.has(.json) {
                terminal.say(described(listing))
            } else {
                show(listing)
            }
            return .ok
        } catch let refusal as EnvironmentRefusal {
            terminal.fail(refusal.reason, fix: "run `sandboa env list`")
            return refusal.code == .notFound ? .usage : .failed
        }
    }

    /// What there is to search: this home, the workspace if one is named, the user's own Pythons.
    func environmentSearch(_ invocation: Invocation) throws -> EnvironmentSearch {
        let environments = try environments(invocation)
        return EnvironmentSearch(
            environments: environments,
            workspace: try workspace(invocation, environments.installation),
            places: .find(), embedded: .ask(environments.installation))
    }

    private func packages(
        of name: String, _ search: EnvironmentSearch, _ invocation: Invocation
    ) throws -> PackageListing {
        // The runs of this command are shown no workspace.
        let view = RunView(environment: search.environments.packages("data"), workspace: nil)
        switch try search.packages(of: name, seenBy: view) {
        case .listing(let listing): return listing
        case .question(let question):
            let engine = try engine(invocation, readySlots: 1)
            try engine.start()
            defer { engine.end() }
            _ = try engine.waitUntilReady()
            let wall = engine.configuration.profile.limits.wallMilliseconds
            let request = RunRequest(
                job: question.job,
                limitMilliseconds: min(wall, PackageQuestion.limitMilliseconds))
            return try question.listing(from: engine.run(request, on: .std).outcome)
        }
    }

    private func show(_ listing: PackageListing) {
        if !listing.packages.isEmpty {
            let columns = ["PACKAGE", "VERSION"].map { Table.Column(title: $0) }
            let rows = listing.packages.map {
                [Table.Cell($0.name, .name), Table.Cell($0.version)]
            }
            let table = Table(columns: columns, rows: rows)
            terminal.say(table.text(width: terminal.width, style: terminal.style))
        }
        let how = listing.source == .names ? ", by the names of their metadata" : ""
        let noun = listing.total == 1 ? "package" : "packages"
        terminal.complain(
            "\(listing.total) \(noun) in \(listing.environment.name.printable)\(how)\n")
        for note in listing.notes { terminal.complain("sandboa: \(note)\n") }
    }

    private func described(_ listing: PackageListing) -> JSON {
        [
            "environment": .object(listing.environment.described),
            "source": .string(listing.source.rawValue),
            "total": JSON(listing.total),
            "packages": .array(
                listing.packages.map {
                    ["name": .string($0.name), "version": .string($0.version)]
                }),
            "notes": .array(listing.notes.map { .string($0) }),
        ]
    }
}
