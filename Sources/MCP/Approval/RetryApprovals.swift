import Notation

/// Approval in 2026-07-28: the question is a result, and the answer comes with the next try.
///
///     call ──no state──▶ ask ──▶ call again with state and answer ──▶ decided, state used up
///                         ▲                 │ state, no answer
///                         └─────────────────┘
///
/// One for the whole server: a retry may come on another connection. A value without clock or
/// randomness; its owner guards it.
///
/// INVARIANT: one question leads to at most one decision; a second answer, be it a yes after a
/// no, is a replay.
package struct RetryApprovals: Sendable {
    /// The longest a question may wait for its answer: a day.
    package static let maxLifetimeMilliseconds: Int64 = 86_400_000
    /// Bytes of a nonce.
    package static let nonceBytes = SealedState.nonceBytes

    package enum Outcome: Hashable, Sendable {
        /// Answer the call with `Encoder.inputRequired` and this state; the call is over.
        case ask(state: String)
        case decided(ApprovalAnswer)
    }

    /// The clock and the chance, which come from outside with each call.
    package struct Terms: Sendable {
        /// Milliseconds since 1970.
        package let now: Int64
        /// How long an answer is waited for.
        package let lifetimeMilliseconds: Int64
        /// Sixteen fresh random bytes; used when a question is asked.
        package let nonce: [UInt8]

        package init(now: Int64, lifetimeMilliseconds: Int64, nonce: [UInt8]) {
            self.now = now
            self.lifetimeMilliseconds = lifetimeMilliseconds
            self.nonce = nonce
        }
    }

    private let seal: StateSeal
    private var used: UsedNonces

    package init(seal: StateSeal, used: UsedNonces = UsedNonces()) {
        self.seal = seal
        self.used = used
    }

    /// Decides about a call that policy wants approved, from what the call brings along.
    package mutating func judge(
        _ call: CallRequest, _ subject: ApprovalSubject, on terms: Terms
    ) -> Outcome {
        guard call.era == .stateless, call.canAsk else {
            return .decided(.denied(.noCapability))
        }
        let response = call.retry?.inputResponses[Encoder.inputKey]
        guard let text = call.retry?.requestState else {
            // A yes without the state could be about anything.
            return response == nil
                ? ask(subject, on: terms) : .decided(.denied(.malformed))
        }
        do throws(ApprovalDenial) {
            let state = try SealedState(text, seal)
            try state.check(against: subject, now: terms.now, seal)
            guard let response else {
                return ask(subject, on: terms)
            }
            try use(state, now: terms.now)
            return .decided(ApprovalAnswer(elicitResult: response))
        } catch {
            return .decided(.denied(error))
        }
    }

    private func ask(_ subject: ApprovalSubject, on terms: Terms) -> Outcome {
        let lifetime = min(max(0, terms.lifetimeMilliseconds), Self.maxLifetimeMilliseconds)
        let (sum, isTooLarge) = terms.now.addingReportingOverflow(lifetime)
        let state = SealedState(
            subject, expiry: isTooLarge ? .max : sum, nonce: terms.nonce, seal)
        return .ask(state: state.text(seal))
    }

    private mutating func use(_ state: SealedState, now: Int64) throws(ApprovalDenial) {
        switch used.use(state.nonce, expiring: state.expiry, now: now) {
        case .fresh: return
        case .replayed: throw .replayed
        case .expired: throw .expired
        case .full: throw .tooMany
        }
    }
}
