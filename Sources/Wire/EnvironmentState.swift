// Environments as the rest of the house sees them.

/// A Python with its packages, as it was found.
package struct EnvironmentState: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The interpreter that sandboa embeds, with the system's packages.
        case system
        /// One that sandboa has built.
        case managed
        /// A virtual environment in the workspace.
        case venv
        case pyenv
        case conda
    }

    package var name: String
    package var kind: Kind
    /// Of its interpreter, or of its directory when that is broken.
    package var path: String
    /// `3.11.2`; nil: it can't be told.
    package var version: String?
    /// What is wrong with it; nil: nothing.
    package var fault: String?

    package init(name: String, kind: Kind, path: String, version: String?, fault: String?) {
        self.name = name
        self.kind = kind
        self.path = path
        self.version = version
        self.fault = fault
    }
}

/// An installed package, by its metadata.
package struct PackageState: Hashable, Sendable {
    package var name: String
    package var version: String

    package init(name: String, version: String) {
        self.name = name
        self.version = version
    }
}
