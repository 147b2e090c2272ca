// What is installed in an environment: read from names, or asked of Python behind the walls.

internal import Jail
internal import Kernel
package import Wire

/// What runs can see of the host, by which it is decided who reads an environment.
package struct RunView: Hashable, Sendable {
    /// The site-packages shown to every run, as a path of the host; nil: none.
    package var environment: String?
    /// The workspace, when the runs that will be asked are shown it at its own path.
    package var workspace: String?

    package init(environment: String?, workspace: String?) {
        self.environment = environment
        self.workspace = workspace
    }

    /// Where a run finds a directory of the host; nil: nowhere.
    func place(of path: String) -> String? {
        if path == environment { return RootWall.environment }
        if let workspace, path.hasPrefix("\(workspace)/") { return path }
        return nil
    }
}

/// The answer, or what a worker has to be asked for it.
package enum PackageLookup: Sendable {
    case listing(PackageListing)
    case question(PackageQuestion)
}

extension EnvironmentSearch {
    /// What is installed in the environment of that name. What runs can see is asked of Python,
    /// which parses the metadata behind the walls; of all else only names are read.
    package func packages(
        of name: String, seenBy view: RunView
    ) throws -> PackageLookup {
        let found = try find(name)
        var notes: [String] = []
        if found.includesSystemPackages {
            notes.append("Packages of the Python that it was made from can be imported, too.")
        }
        if found.state.kind == .system {
            return .question(try question(about: found.state, at: nil, notes))
        }
        guard let path = found.packagesPath, let packages = found.packages else {
            let reason = found.state.fault ?? "It has no packages that can be read."
            throw EnvironmentRefusal(
                .unreadable, "The packages of \(found.state.name) can't be told. \(reason)")
        }
        if let place = view.place(of: path) {
            return .question(try question(about: found.state, at: place, notes))
        }
        return .listing(try Self.listing(of: found, packages, notes))
    }

    private func question(
        about environment: EnvironmentState, at place: String?, _ notes: [String]
    ) throws(EngineError) -> PackageQuestion {
        try PackageQuestion(
            environment: environment, place: place, notes: notes,
            installation: environments.installation)
    }

    /// Names and versions as the metadata directories bear them.
    private static func listing(
        of found: FoundEnvironment, _ steps: [String], _ remarks: [String]
    ) throws(EnvironmentRefusal) -> PackageListing {
        let entries: [String]
        do throws(SystemError) {
            entries = try ForeignDirectory(found.root).directory(at: steps).names()
        } catch {
            throw EnvironmentRefusal(
                .unreadable,
                "The packages of \(found.state.name) can't be told: \(error.reason).")
        }
        var notes = Notes()
        remarks.forEach { notes.add($0) }
        var packages: Set<PackageState> = []
        var unclear = 0
        for entry in entries.sorted() {
            switch DistributionName(entry) {
            case .other: continue
            case .package(let name, let version):
                packages.insert(PackageState(name: name, version: version))
            case .unclear:
                unclear += 1
                notes.add("\(Notes.quote(entry)) does not tell a name and a version.")
            }
        }
        let sorted = packages.sorted { ($0.name, $0.version) < ($1.name, $1.version) }
        let leftOut = sorted.count - PackageQuestion.mostPackages
        if leftOut > 0 { notes.add("\(leftOut) packages more are not listed.") }
        return PackageListing(
            environment: found.state, packages: Array(sorted.prefix(PackageQuestion.mostPackages)),
            total: sorted.count + unclear, source: .names, notes: notes.all)
    }
}
