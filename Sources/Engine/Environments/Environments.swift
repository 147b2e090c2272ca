// Environments: Pythons with packages, made once from a lock, read-only to every run.
//
//     share/sandbox/environments/NAME.lock   what belongs in it, every file by its hash
//     HOME/environments/NAME                 what was built from that
//     HOME/environments/NAME/sandboa-lock    a copy of the lock, written last: "this is whole"
//
// INVARIANT: NAME is whole or absent; a build happens beside it and takes its place in one step.

internal import Kernel

/// The environments of one home directory.
package struct Environments: Sendable {
    package let home: String
    package let installation: Installation

    /// Longest lock file. The 13 packages of `data` need 40 KB: every wheel of every platform.
    static let maximumLockBytes = 4 << 20
    /// The system's own Python, the one that workers embed.
    static let python = "/usr/bin/python3"

    package init(home: String, installation: Installation) {
        self.home = home
        self.installation = installation
    }

    /// How an environment stands to its lock.
    package enum State: String, Hashable, Sendable {
        case ready
        /// Built from another lock, or for another Python.
        case outdated
        case missing
    }

    /// The environments that can be built: those with a lock, by name.
    package var names: [String] {
        do {
            return try Files.names(in: locks).filter { $0.hasSuffix(".lock") }
                .map { String($0.dropLast(".lock".count)) }.sorted()
        } catch { return [] }
    }

    package func state(_ name: String) -> State {
        guard Files.isDirectory(directory(name)) else { return .missing }
        do {
            let lock = try lockText(name)
            let stamp = try Files.contents(of: stamp(name), limit: Self.maximumLockBytes)
            return stamp == lock && packages(name) != nil ? .ready : .outdated
        } catch { return .outdated }
    }

    /// Packages in the lock, as `name==version`.
    package func contents(_ name: String) -> [String] {
        let text: String
        do { text = String(decoding: try lockText(name), as: UTF8.self) } catch { return [] }
        return text.split(separator: "\n").compactMap { line in
            guard let first = line.first, first.isLetter || first.isNumber else { return nil }
            return line.split(whereSeparator: { $0 == " " || $0 == ";" }).first.map(String.init)
        }
    }

    /// Where an environment is or will be.
    package func directory(_ name: String) -> String { "\(place)/\(name)" }

    /// Its site-packages, nil when it has not been built for this Python.
    package func packages(_ name: String) -> String? {
        guard Files.exists(stamp(name)) else { return nil }
        let packages = Self.packages(in: directory(name))
        return Files.isDirectory(packages) ? packages : nil
    }

    /// Written last: an environment without it is not whole.
    package func stamp(_ name: String) -> String { "\(directory(name))/sandboa-lock" }

    // MARK: Places

    private var locks: String { "\(installation.share)/sandbox/environments" }
    var place: String { "\(home)/environments" }

    func lockPath(_ name: String) -> String { "\(locks)/\(name).lock" }

    func lockText(_ name: String) throws(SystemError) -> [UInt8] {
        try Files.contents(of: lockPath(name), limit: Self.maximumLockBytes)
    }

    static func packages(in directory: String) -> String {
        "\(directory)/lib/\(pythonVersion)/site-packages"
    }

    /// `python3.11`: what `/usr/bin/python3` stands for.
    package static var pythonVersion: String {
        Files.linkTarget(python)?.split(separator: "/").last.map(String.init) ?? "python3"
    }
}
