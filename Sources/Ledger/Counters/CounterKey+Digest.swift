// What stores file a counter under.

internal import Notation
package import Policies

extension CounterKey {
    /// A digest of everything that makes a counter the one it is. Sessions and grants are not
    /// written to a store in the clear, and no name, however long or odd, makes a bad key.
    package var digest: String {
        var bytes: [UInt8] = []
        // Lengths in front: no two keys make the same bytes.
        for part in [name.group, name.counter, scope.rawValue, owner, window.kind.rawValue] {
            bytes.append(contentsOf: "\(part.utf8.count):".utf8)
            bytes.append(contentsOf: part.utf8)
        }
        bytes.append(contentsOf: "\(window.seconds)".utf8)
        return SHA256.hex(bytes)
    }
}

extension Reservation {
    /// Refuses what no store can count.
    static func check(_ reservations: [Reservation]) throws(LedgerError) {
        for reservation in reservations {
            guard reservation.amount >= 0 else {
                throw LedgerError(
                    .invalid,
                    "\(reservation.rule) charges \(reservation.amount) to "
                        + "\(reservation.key.name): an amount can't be negative")
            }
            try reservation.key.check()
        }
    }

    /// Whether it is given back when the call comes out so.
    static func isGivenBack(_ charge: Limit.Charge, as settlement: Settlement) -> Bool {
        switch settlement {
        case .ok: false
        case .failed: charge == .success
        case .unused: true
        }
    }
}

extension CounterKey {
    func check() throws(LedgerError) {
        guard window.seconds >= 1 else {
            throw LedgerError(
                .invalid, "\(name) counts over \(window.seconds) s: a window has at least 1 s")
        }
    }
}
