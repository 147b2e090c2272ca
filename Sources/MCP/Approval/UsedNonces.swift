// Which answers were used: the memory that makes a yes good for one call.
//
// INVARIANT: a nonce is fresh at most once, even if the clock steps back after it was forgotten.
// Whatever may have been forgotten expired at `forgotten` or before, and is refused from then on.

/// The nonces of used answers, each kept until its state expires.
package struct UsedNonces: Sendable {
    /// Nonces kept at once. When they are reached, every answer is refused until some expire.
    package static let standardMost = 4096

    package enum Use: Hashable, Sendable {
        case fresh, replayed, expired, full
    }

    private let most: Int
    private var kept: [[UInt8]: Int64] = [:]
    private var forgotten = Int64.min

    package init(most: Int = UsedNonces.standardMost) {
        self.most = most
    }

    package var count: Int { kept.count }

    /// Uses a nonce up. `expiring` and `now` are milliseconds since 1970; anything but `.fresh`
    /// means the answer does not count, and changes nothing.
    package mutating func use(_ nonce: [UInt8], expiring: Int64, now: Int64) -> Use {
        drop(upTo: now)
        guard kept[nonce] == nil else { return .replayed }
        guard now < expiring, forgotten < expiring else { return .expired }
        guard kept.count < most else { return .full }
        kept[nonce] = expiring
        return .fresh
    }

    private mutating func drop(upTo now: Int64) {
        for (nonce, expiry) in kept where expiry <= now {
            kept[nonce] = nil
            forgotten = max(forgotten, expiry)
        }
    }
}
