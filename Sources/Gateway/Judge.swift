// Policy at work: a verdict on each call, and what its limits make of it.
//
//     decide ──allow──▶ reserve ──▶ run ──▶ settle
//        └──require_approval──▶ (a person) ──▶ reserve ──▶ …
//
// INVARIANT: nothing runs that was not decided, and no limit is passed over: a store that can't be
// asked denies.

internal import Kernel
package import Policies

/// Decides and counts for one server.
package struct Judge: Sendable {
    package let keeper: PolicyKeeper
    private let counters: any CounterStore

    package init(_ keeper: PolicyKeeper, counters: any CounterStore) {
        self.keeper = keeper
        self.counters = counters
    }

    /// A verdict, and what it holds in the counters.
    package struct Judgement: Sendable {
        package var verdict: Verdict
        /// What a client is told when the call does not run.
        package var code: Code?
        package var retryAfterMilliseconds: Int64?
        package var ticket: ReservationTicket?
    }

    package enum Code: String, Sendable {
        case denied
        case rateLimited = "rate_limited"
        case unavailable
    }

    /// Decides. What needs nobody's approval has its counters reserved.
    package func judge(_ call: PolicyCall) -> Judgement {
        let policy = keeper.current
        let now = Instant(nanoseconds: WallClock.nanoseconds)
        let read = policy.countersRead(by: call)
        let verdict: Verdict
        do {
            let values = read.isEmpty ? [] : try counters.values(of: read, at: now)
            verdict = policy.decide(
                call, counters: CounterSnapshot(keys: read, values: values), at: now)
        } catch {
            return unavailable(error, policy.policy.hash)
        }
        switch verdict.decision {
        case .allow: return reserve(verdict)
        case .requireApproval: return Judgement(verdict: verdict)
        case .deny, .hidden: return Judgement(verdict: verdict, code: .denied)
        }
    }

    /// Takes what the verdict's limits ask for. After an approval: until then nothing is charged.
    package func reserve(_ verdict: Verdict) -> Judgement {
        guard !verdict.reservations.isEmpty else { return Judgement(verdict: verdict) }
        do {
            let now = Instant(nanoseconds: WallClock.nanoseconds)
            switch try counters.reserve(verdict.reservations, at: now) {
            case .granted(let ticket): return Judgement(verdict: verdict, ticket: ticket)
            case .refused(let index, _, let wait):
                let refused = verdict.refused(by: verdict.reservations[index], wait: wait)
                return Judgement(
                    verdict: refused, code: .rateLimited, retryAfterMilliseconds: wait)
            }
        } catch { return unavailable(error, verdict.policyHash) }
    }

    /// Gives back or keeps, by how the call came out. A failure leaves the call charged.
    package func settle(_ judgement: Judgement, as settlement: Settlement) {
        guard let ticket = judgement.ticket else { return }
        do { try counters.settle(ticket, as: settlement) } catch { return }
    }

    private func unavailable(_ error: any Error, _ hash: String) -> Judgement {
        var verdict = Verdict(.deny)
        verdict.rule = "(counters unavailable)"
        verdict.reason =
            "The counters of this call's limits can't be reached, so it was not run: \(error). "
            + "Try again later."
        verdict.policyHash = hash
        return Judgement(verdict: verdict, code: .unavailable)
    }
}
