/// The questions one client's conversation has open, in the handshake revisions: a request of
/// ours for each call that waits.
///
///     ask ──▶ open ──answer──────────────▶ resolved
///              ├─────cancel, end──────────▶ resolved, withdrawn
///              └─────expire, late answer──▶ resolved, timed out
///
/// A value without clock or output; its owner performs the actions. Time is in milliseconds of
/// a clock that never steps back, the same one for every method.
///
/// INVARIANT: a call that was asked about is resolved exactly once.
/// INVARIANT: our ids are strings that begin with the tag and never come twice, so a late or
/// repeated answer is nobody's. JSON-RPC gives each side ids of its own; a bridge that keeps both
/// in one table finds no collision either, since clients don't know the tag beforehand.
package struct ApprovalBook: Sendable {
    /// Questions that may be open at once. More than a person would answer.
    package static let maxOpen = 64
    /// Bytes of UTF-8 a tag may have.
    package static let maxTagBytes = 64

    /// What its owner has to do.
    package enum Action: Hashable, Sendable {
        /// Write this message; the newline is the writer's.
        case send([UInt8])
        /// Let this call go on, or end it.
        case resolve(RequestID, ApprovalAnswer)
    }

    /// What came of `ask`.
    package enum Asking: Hashable, Sendable {
        /// Write this message; the call waits until an action resolves it.
        case send([UInt8])
        case denied(ApprovalDenial)
    }

    private struct Question {
        let call: RequestID
        let deadline: Int64
        let number: UInt64
    }

    private let encoder: Encoder
    private let tag: String
    private var open: [RequestID: Question] = [:]
    private var asked: UInt64 = 0
    private var isEnded = false

    /// - Parameter tag: drawn at random once for each conversation.
    package init(encoder: Encoder, tag: String) {
        precondition(
            (1...Self.maxTagBytes).contains(tag.utf8.count), "a tag has 1 to 64 bytes")
        self.encoder = encoder
        self.tag = tag
    }

    /// Puts a question for a call of a handshake revision. Ask only while the call is wanted,
    /// under the lock that also sees its cancel; otherwise the question outlives the call.
    package mutating func ask(
        _ question: ElicitationQuestion, for call: CallRequest, until deadline: Int64
    ) -> Asking {
        guard !isEnded else { return .denied(.withdrawn) }
        guard call.era != .stateless, call.canAsk else { return .denied(.noCapability) }
        guard open.count < Self.maxOpen, !open.values.contains(where: { $0.call == call.id })
        else {
            return .denied(.tooMany)
        }
        asked += 1
        let id = RequestID.string("sandboa-\(tag)-\(asked)")
        open[id] = Question(call: call.id, deadline: deadline, number: asked)
        return .send(encoder.elicitation(question, id: id, era: call.era))
    }

    /// Takes the client's response. One that answers no open question means nothing; one that
    /// comes at the deadline or later is too late, whatever it says.
    package mutating func answer(_ response: ClientResponse, now: Int64) -> [Action] {
        guard let question = open.removeValue(forKey: response.id) else { return [] }
        let answer =
            now < question.deadline ? ApprovalAnswer(response) : .denied(.timedOut)
        return [.resolve(question.call, answer)]
    }

    /// The client cancelled a call: its question is taken back.
    package mutating func cancel(_ call: RequestID) -> [Action] {
        takeBack(.withdrawn, "The call was cancelled.") { $0.call == call }
    }

    /// Takes back the questions whose deadline is now or was before.
    package mutating func expire(now: Int64) -> [Action] {
        takeBack(.timedOut, "Nobody answered in time.") { $0.deadline <= now }
    }

    /// The conversation ends: nobody can be told, nobody can answer, nothing more is asked.
    package mutating func end() -> [Action] {
        isEnded = true
        return takeBack(.withdrawn, "") { _ in true }.filter {
            if case .resolve = $0 { true } else { false }
        }
    }

    /// When `expire` has something to do next; nil while no question is open.
    package var nextDeadline: Int64? { open.values.map(\.deadline).min() }

    package var openCount: Int { open.count }

    private mutating func takeBack(
        _ denial: ApprovalDenial, _ reason: String, where isMeant: (Question) -> Bool
    ) -> [Action] {
        let meant = open.filter { isMeant($0.value) }.sorted { $0.value.number < $1.value.number }
        return meant.flatMap { id, question -> [Action] in
            open[id] = nil
            return [
                .send(encoder.cancellation(of: id, reason: reason)),
                .resolve(question.call, .denied(denial)),
            ]
        }
    }
}
