// How long a search may take, and at how much it may look.

internal import Kernel

/// What is left of a search's allowance.
struct SearchBudget: Sendable {
    /// Environments in one listing.
    static let mostEnvironments = 256
    static let mostNames = 100_000
    static let milliseconds: Int64 = 2_000

    private let deadline: Moment
    private var names: Int

    init(names: Int = mostNames, until deadline: Moment? = nil) {
        self.deadline = deadline ?? Moment.now.advanced(byMilliseconds: Self.milliseconds)
        self.names = names
    }

    var isOverdue: Bool { Moment.now >= deadline }

    /// Takes one name out of the allowance; false when it is used up.
    mutating func spend() -> Bool {
        guard names > 0, !isOverdue else { return false }
        names -= 1
        return true
    }
}
