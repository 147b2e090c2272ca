// A profile: the walls and limits that a call gets, as data in sandbox/profiles.

internal import Kernel
package import Notation

/// One profile, read from its file.
package struct Profile: Hashable, Sendable {
    /// The file it was read from.
    package var path: String
    package var name: String
    package var summary: String
    /// The variant of the system call table.
    package var filter: String
    /// Whether a run sees a process list of its own.
    package var showsProcesses: Bool
    /// Whether code may fork: then every run gets a fresh pid namespace.
    package var mayFork: Bool
    /// What a run sees of the workspace.
    package var workspace: WorkspaceUse
    /// Slots kept ready, and the most there may be at once.
    package var readySlots: Int
    package var maximumSlots: Int
    /// A template's hash seed and address space layout are common to all its workers: after so
    /// many forks, or so long, a new one takes over.
    package var templateForks: Int
    package var templateMilliseconds: Int64
    package var limits: Limits

    /// Longest profile file.
    package static let maximumBytes = 64 * 1024

    package static func load(_ path: String) throws(ProfileError) -> Profile {
        let bytes: [UInt8]
        do { bytes = try Files.contents(of: path, limit: maximumBytes) } catch {
            throw ProfileError(path: path, place: nil, problem: "cannot be read: \(error.reason)")
        }
        do {
            return try ProfileReader(path: path, root: YAML.load(bytes)).profile()
        } catch let error as YAMLError {
            throw ProfileError(
                path: path, place: error.position, problem: "\(error.reason)")
        } catch let error as ProfileError {
            throw error
        } catch {
            throw ProfileError(path: path, place: nil, problem: "\(error)")
        }
    }
}

/// What the runs of a profile may do with the workspace, where the server has one.
package enum WorkspaceUse: String, Hashable, Sendable, CaseIterable, Comparable {
    case none, read, write

    private var rights: Int {
        switch self {
        case .none: 0
        case .read: 1
        case .write: 2
        }
    }

    package static func < (less: WorkspaceUse, more: WorkspaceUse) -> Bool {
        less.rights < more.rights
    }
}

/// A profile that cannot be used: where, why, and what would be right.
package struct ProfileError: Error, Hashable, Sendable, CustomStringConvertible {
    package let path: String
    package let place: YAMLPosition?
    package let problem: String

    package init(path: String, place: YAMLPosition?, problem: String) {
        self.path = path
        self.place = place
        self.problem = problem
    }

    package var description: String {
        place.map { "\(path):\($0.line):\($0.column): \(problem)" } ?? "\(path): \(problem)"
    }
}
