// Where the user who started sandboa keeps other Pythons. None of them need exist.

internal import Kernel

/// Absolute paths by tool.
package struct UserPlaces: Hashable, Sendable {
    /// The directory with pyenv's versions.
    package var pyenvVersions: String?
    /// conda's list of its environments, a path a line.
    package var condaList: String?

    package init(pyenvVersions: String? = nil, condaList: String? = nil) {
        self.pyenvVersions = pyenvVersions
        self.condaList = condaList
    }

    /// As the variables PYENV_ROOT and HOME say.
    package static func find() -> UserPlaces {
        let home = absolute("HOME")
        let pyenv = absolute("PYENV_ROOT") ?? home.map { "\($0)/.pyenv" }
        return UserPlaces(
            pyenvVersions: pyenv.map { "\($0)/versions" },
            condaList: home.map { "\($0)/.conda/environments.txt" })
    }

    private static func absolute(_ variable: String) -> String? {
        Environment.variable(variable).flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
}
