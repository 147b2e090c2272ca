/// How many values one test may look at, whatever lists a call sends.
struct VisitBudget {
    static let most = 10_000

    private(set) var isExhausted = false
    private var visits = 0

    /// False when the budget is spent.
    mutating func visit() -> Bool {
        visits += 1
        if visits > Self.most { isExhausted = true }
        return !isExhausted
    }

    /// Something else took too long.
    mutating func exhaust() { isExhausted = true }

    /// The next test begins anew, but what was too much stays too much.
    mutating func renew() { visits = 0 }
}
