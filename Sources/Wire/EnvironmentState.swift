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

/// The Pythons that were found.
package struct EnvironmentListing: Hashable, Sendable {
    package var environments: [EnvironmentState]
    /// Why there may be more of them, in printable text.
    package var notes: [String]

    package init(environments: [EnvironmentState], notes: [String]) {
        self.environments = environments
        self.notes = notes
    }
}
