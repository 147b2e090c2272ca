// What is installed in an environment, as the rest of the house sees it.

/// An installed package, by its metadata.
package struct PackageState: Hashable, Sendable {
    package var name: String
    package var version: String

    package init(name: String, version: String) {
        self.name = name
        self.version = version
    }
}

/// The packages of one environment.
package struct PackageListing: Hashable, Sendable {
    /// How they were found.
    package enum Source: String, Hashable, Sendable, CaseIterable {
        /// Read by Python's importlib.metadata, behind the walls.
        case metadata
        /// The environment can't be seen from behind the walls: these are the names and versions
        /// that its metadata directories bear, normalized; the files in them were not read.
        case names
    }

    package var environment: EnvironmentState
    /// By name.
    package var packages: [PackageState]
    /// How many there are, those among them that are not in `packages`: `notes` says why not.
    package var total: Int
    package var source: Source
    /// What is wrong with some of them, in printable text; bounded.
    package var notes: [String]

    package init(
        environment: EnvironmentState, packages: [PackageState], total: Int, source: Source,
        notes: [String]
    ) {
        self.environment = environment
        self.packages = packages
        self.total = total
        self.source = source
        self.notes = notes
    }
}
