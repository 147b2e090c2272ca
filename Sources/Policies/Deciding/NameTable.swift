// Names of tools, found in a time that does not depend on how many there are.
//
// The hash is cheap and not keyed. That is safe here: the table holds only names of the policy's
// author, so a caller who knows the hash can make a search as long as the longest chain that the
// author's own names form, and no longer.

internal import Notation

/// From a name, byte for byte, to a number.
///
/// INVARIANT: at most half of the slots are taken, so every search meets an empty one.
struct NameTable: Sendable {
    private struct Slot: Sendable {
        var hash: UInt64
        var name: String
        /// Negative: the slot is free.
        var number: Int
    }

    private var slots = [Slot](repeating: Slot(hash: 0, name: "", number: -1), count: 16)
    private var count = 0

    /// The number of `name`, or nil.
    func number(of name: String) -> Int? {
        let number = slots[slot(of: name, hash: Self.hash(name))].number
        return number < 0 ? nil : number
    }

    /// The number that `name` has already, or `number`, which it has from now on.
    mutating func number(of name: String, orElse number: Int) -> Int {
        let hash = Self.hash(name)
        let place = slot(of: name, hash: hash)
        if slots[place].number >= 0 { return slots[place].number }
        slots[place] = Slot(hash: hash, name: name, number: number)
        count += 1
        if count * 2 > slots.count { grow() }
        return number
    }

    /// The slot that holds `name`, or the free one where it belongs.
    private func slot(of name: String, hash: UInt64) -> Int {
        let mask = slots.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while slots[place].number >= 0 {
            if slots[place].hash == hash, slots[place].name.hasSameBytes(as: name) { break }
            place = (place + 1) & mask
        }
        return place
    }

    private mutating func grow() {
        let old = slots
        slots = [Slot](repeating: Slot(hash: 0, name: "", number: -1), count: old.count * 2)
        for entry in old where entry.number >= 0 {
            slots[slot(of: entry.name, hash: entry.hash)] = entry
        }
    }

    /// FNV-1a, with the high half folded into the low one that chooses the slot.
    private static func hash(_ name: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return hash ^ (hash >> 32)
    }
}
