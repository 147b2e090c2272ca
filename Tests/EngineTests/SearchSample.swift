// A search in made-up places: nothing of the machine that runs the test is looked at.

import Engine
import Foundation

@testable import Engine

extension Place {
    /// The root of this repository: what is shared is read from here.
    static var repository: String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().standardizedFileURL.path(percentEncoded: false)
    }

    /// A search with the workspace, pyenv's versions and conda's list in directories of this
    /// place; what is not made is not there.
    func search(
        embedded: EmbeddedPython = EmbeddedPython(version: "3.11.2"), hasWorkspace: Bool = true,
        share: String? = nil
    ) -> EnvironmentSearch {
        let share = share ?? self("share")
        return EnvironmentSearch(
            environments: Environments(
                home: self("home"),
                installation: Installation(program: "", worker: "/nonexistent", share: share)),
            workspace: hasWorkspace ? self("workspace") : nil,
            places: UserPlaces(pyenvVersions: self("pyenv"), condaList: self("conda.txt")),
            embedded: embedded)
    }
}
