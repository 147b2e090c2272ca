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

    mutating func reserve(_ reservations: [Reservation], at now: Int64) -> Result {
        var asked: [CounterKey: Int64] = [:]
        for (index, one) in reservations.enumerated() {
            asked[one.key, default: 0] += one.amount
            let current = value(of: one.key, at: now)
            let wanted = asked[one.key, default: 0]
            if current + wanted <= one.most { continue }
            // A millisecond at a time: slow, and beyond doubt.
            var retry: Int64?
            if wanted <= one.most {
                var wait: Int64 = 1
                while value(of: one.key, at: now + wait * 1_000_000) + wanted > one.most {
                    wait += 1
                }
                retry = wait
            }
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
