// Counters: what they are called, over which time they count, and how they are charged.

/// Whose calls are counted together.
package enum CounterScope: String, Hashable, Sendable, CaseIterable {
    case server, grant, session, client
}

/// `group` is a tool's name or `_global`.
package struct CounterName: Hashable, Sendable, CustomStringConvertible {
    package var group: String
    package var counter: String

    package static let everyTool = "_global"

    package init(group: String, counter: String) {
        self.group = group
        self.counter = counter
    }

    package var description: String { "\(group).\(counter)" }
}

/// A stretch of time a limit speaks of.
package struct CounterWindow: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        /// Begins at the full minute, hour or day of UTC.
        case calendar
        /// The last `seconds` before now.
        case sliding
    }

    package var kind: Kind
    /// At least 1.
    package var seconds: Int64

    package init(_ kind: Kind, seconds: Int64) {
        self.kind = kind
        self.seconds = seconds
    }

    package static func named(_ name: String, _ kind: Kind = .calendar) -> CounterWindow? {
        switch name {
        case "minute": CounterWindow(kind, seconds: 60)
        case "hour": CounterWindow(kind, seconds: 3_600)
        case "day": CounterWindow(kind, seconds: 86_400)
        default: nil
        }
    }
}

/// A counter of somebody: what stores keep.
package struct CounterKey: Hashable, Sendable {
    package var name: CounterName
    package var scope: CounterScope
    /// Who is counted: empty for the server.
    package var owner: String
    package var window: CounterWindow

    package init(
        _ name: CounterName, scope: CounterScope, owner: String, window: CounterWindow
    ) {
        self.name = name
        self.scope = scope
        self.owner = owner
        self.window = window
    }
}

/// What a call must be granted before it may run.
package struct Reservation: Hashable, Sendable {
    package var key: CounterKey
    /// Not negative.
    package var amount: Int64
    package var most: Int64
    package var charge: Limit.Charge
    /// The rule that asks for it, and where it stands.
    package var rule: String
    package var mark: SourceMark
    package var refusal: String?

    package init(
        _ key: CounterKey, amount: Int64, most: Int64, charge: Limit.Charge, rule: String,
        at mark: SourceMark, refusal: String?
    ) {
        self.key = key
        self.amount = amount
        self.most = most
        self.charge = charge
        self.rule = rule
        self.mark = mark
        self.refusal = refusal
    }
}

/// A point of UTC, in nanoseconds since 1970.
package struct Instant: Hashable, Comparable, Sendable {
    package let nanoseconds: Int64

    package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }
    package init(seconds: Int64) { nanoseconds = seconds * 1_000_000_000 }

    package static func < (left: Instant, right: Instant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }
}

/// What became of an attempt to reserve: all of it, or nothing.
package enum ReserveResult: Hashable, Sendable {
    case granted(ReservationTicket)
    /// The first reservation, by index, that does not fit; what its counter says; and when it
    /// would fit, in milliseconds (nil: never, it asks for more than the limit).
    case refused(index: Int, current: Int64, retryAfterMilliseconds: Int64?)
}

/// Names a granted reservation until it is settled. Settling twice changes nothing.
package struct ReservationTicket: Hashable, Sendable {
    package let id: String
    package init(id: String) { self.id = id }
}

/// How a reserved call came out.
package enum Settlement: String, Hashable, Sendable {
    case ok, failed
    /// It never ran: everything is given back.
    case unused
}

/// Where counters live. The same semantics in memory, in SQLite and in Redis:
///
/// - exact integers, never negative, never wrapping: a sum that would overflow does not fit;
/// - `reserve` takes all or nothing, in one step that no other call can interleave with;
/// - time never goes back: an instant before the latest one a counter has seen counts as that;
/// - what a crash leaves unsettled stays charged.
package protocol CounterStore: Sendable {
    func reserve(_ reservations: [Reservation], at now: Instant) throws -> ReserveResult
    /// Gives back what the charge of each reservation says, in the window it was taken from only.
    func settle(_ ticket: ReservationTicket, as settlement: Settlement) throws
    /// The sums of these counters, in this order.
    func values(of keys: [CounterKey], at now: Instant) throws -> [Int64]
}
