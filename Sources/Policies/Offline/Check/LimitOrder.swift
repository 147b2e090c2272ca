// Which limits make others idle. A limit of N per window holds back whatever it counts; so another
// limit on the same calls never binds when it allows more than N can add up to in its own window.

/// A limit without its name: what it allows over which time.
struct LimitOrder: Hashable, Sendable {
    let window: CounterWindow
    let most: Int64
    let scope: CounterScope
    let charge: Limit.Charge

    init(_ limit: Limit) {
        window = limit.window
        most = limit.most
        scope = limit.scope
        charge = limit.charge
    }

    init(_ reservation: Reservation) {
        window = reservation.key.window
        most = reservation.most
        scope = reservation.key.scope
        charge = reservation.charge
    }

    /// Whether calls that keep within `self` keep within `other`, when each counts `cost` here
    /// and `otherCost` there.
    func implies(_ other: LimitOrder, cost: Int64 = 1, otherCost: Int64 = 1) -> Bool {
        guard scope == other.scope || scope == .server,
            charge == other.charge || charge == .attempt, cost > 0 || otherCost == 0
        else { return otherCost == 0 }
        let left = windows(in: other.window).multipliedReportingOverflow(by: Int128(most))
        let scaled = left.partialValue.multipliedReportingOverflow(by: Int128(otherCost))
        if left.overflow || scaled.overflow { return false }
        return scaled.partialValue <= Int128(other.most) * Int128(cost)
    }

    /// How many windows of this limit one window of another touches at most.
    private func windows(in other: CounterWindow) -> Int128 {
        let (mine, length) = (max(1, window.seconds), max(1, other.seconds))
        let whole = Int128(length / mine) + (length % mine == 0 ? 0 : 1)
        guard window.kind == .calendar else { return whole }
        // Calendar windows nest when one length divides the other; else one more is touched.
        let nests = other.kind == .calendar && (length % mine == 0 || mine % length == 0)
        return nests ? whole : whole + 1
    }
}
