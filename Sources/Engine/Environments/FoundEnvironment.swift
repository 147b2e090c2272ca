// An environment as the search found it, and the way to its packages.

internal import Kernel
internal import Wire

/// One environment, and where its packages are.
struct FoundEnvironment: Hashable, Sendable {
    var state: EnvironmentState
    /// A directory that the operator chose; the steps below it are somebody else's.
    var root: String
    /// Its site-packages below `root`, nil when there are none that can be read.
    var packages: [String]?
    var includesSystemPackages = false

    /// The same as one path.
    var packagesPath: String? { packages.map { ([root] + $0).joined(separator: "/") } }

    /// `steps`: where the environment is below `root`.
    init(
        name: String, kind: EnvironmentState.Kind, root: String, steps: [String],
        _ findings: EnvironmentExamination.Findings
    ) {
        let place = ([root] + steps).joined(separator: "/")
        state = EnvironmentState(
            name: name, kind: kind,
            path: findings.interpreter.map { "\(place)/\($0)" } ?? place,
            version: findings.version, fault: findings.fault)
        self.root = root
        packages = findings.packages.map { steps + $0 }
        includesSystemPackages = findings.includesSystemPackages
    }

    /// The interpreter that sandboa embeds.
    init(embedded: EmbeddedPython) {
        state = EnvironmentState(
            name: EnvironmentSearch.systemName, kind: .system, path: EmbeddedPython.path,
            version: embedded.version, fault: embedded.fault)
        root = "/"
    }

    /// One that is to be there and is not.
    init(missing name: String, kind: EnvironmentState.Kind, at path: String, fault: String) {
        state = EnvironmentState(name: name, kind: kind, path: path, version: nil, fault: fault)
        root = path
    }
}
