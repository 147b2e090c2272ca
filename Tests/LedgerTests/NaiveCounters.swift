// Counters as their description has them, and no more: what every store is compared with.

import Policies

/// Keeps every charge for ever, and adds up what a window holds each time it is asked.
struct NaiveCounters {
    private struct Entry {
        let ticket: Int
        let key: CounterKey
        let time: Int64
        let amount: Int64
        let charge: Limit.Charge
        var isGivenBack = false
    }

    enum Result {
        case granted(Int)
        case refused(index: Int, current: Int64, retry: Int64?)
    }

    private var entries: [Entry] = []
    private var latest: [CounterKey: Int64] = [:]
    private var open: Set<Int> = []
    private var count = 0

    private func instant(_ key: CounterKey, _ now: Int64) -> Int64 {
        max(now, latest[key] ?? .min)
    }

    private func counts(_ time: Int64, _ window: CounterWindow, at now: Int64) -> Bool {
        let width = window.seconds * 1_000_000_000
        return window.kind == .calendar ? time / width == now / width : time > now - width
    }

    func value(of key: CounterKey, at now: Int64) -> Int64 {
        let now = instant(key, now)
        return entries.filter { $0.key == key && !$0.isGivenBack }
            .filter { counts($0.time, key.window, at: now) }.reduce(0) { $0 + $1.amount }
    }

    /// Until the first end of a charge after which there is room.
    private func wait(for key: CounterKey, _ wanted: Int64, _ most: Int64, _ now: Int64) -> Int64? {
        let width = key.window.seconds * 1_000_000_000
        let ends = entries.filter { $0.key == key }.map {
            key.window.kind == .calendar ? ($0.time / width + 1) * width : $0.time + width
        }
        let end = ends.sorted().first { $0 > now && value(of: key, at: $0) + wanted <= most }
        return end.map { ($0 - now + 999_999) / 1_000_000 }
    }

    mutating func reserve(_ reservations: [Reservation], at now: Int64) -> Result {
        var asked: [CounterKey: Int64] = [:]
        for (index, one) in reservations.enumerated() {
            asked[one.key, default: 0] += one.amount
            let current = value(of: one.key, at: now)
            let wanted = asked[one.key, default: 0]
            if current + wanted <= one.most { continue }
            let retry = wanted > one.most ? nil : wait(for: one.key, wanted, one.most, now)
            return .refused(index: index, current: current, retry: retry)
        }
        count += 1
        for one in reservations {
            let time = instant(one.key, now)
            latest[one.key] = time
            entries.append(
                Entry(
                    ticket: count, key: one.key, time: time, amount: one.amount,
                    charge: one.charge))
        }
        open.insert(count)
        return .granted(count)
    }

    mutating func settle(_ ticket: Int, as settlement: Settlement) {
        guard open.remove(ticket) != nil else { return }
        for index in entries.indices where entries[index].ticket == ticket {
            let isBack =
                settlement == .unused
                || settlement == .failed && entries[index].charge == .success
            if isBack { entries[index].isGivenBack = true }
        }
    }
}
