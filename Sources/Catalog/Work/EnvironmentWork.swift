// Questions about the Pythons there are.

package import Wire

package enum EnvironmentRequest: Hashable, Sendable {
    case list
    case packages(of: String)
}

package enum EnvironmentAnswer: Hashable, Sendable {
    /// `notes`: what could not be read, and why; nothing is left out silently.
    case environments([EnvironmentState], notes: [String] = [])
    case packages(of: EnvironmentState, [PackageState], notes: [String] = [])
}
