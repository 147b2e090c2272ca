// Environments: Pythons with packages, made once from a lock, read-only to every run.

internal import Kernel

/// The environments of one home directory.
package struct Environments: Sendable {
    package let home: String
    package let installation: Installation

    package init(home: String, installation: Installation) {
        self.home = home
        self.installation = installation
    }

    /// Where an environment is or will be.
    package func directory(_ name: String) -> String { "\(home)/environments/\(name)" }

    /// Its site-packages, nil when it has not been built.
    package func packages(_ name: String) -> String? {
        let library = "\(directory(name))/lib"
        do {
            guard Files.exists(stamp(name)),
                let python = try Files.names(in: library).first(where: { $0.hasPrefix("python3") })
            else { return nil }
            let packages = "\(library)/\(python)/site-packages"
            return Files.isDirectory(packages) ? packages : nil
        } catch { return nil }
    }

    /// Written last: an environment without it is not whole.
    package func stamp(_ name: String) -> String { "\(directory(name))/sandboa-lock" }
}
