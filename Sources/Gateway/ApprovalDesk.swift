// Asking a person, through the client of one conversation.
//
// In the handshake revisions the question is a request of ours while the call waits; in 2026-07-28
// it is the call's result, and the client comes again. Which of the two is the call's own choice.

internal import Kernel
internal import Ledger
internal import MCP
internal import Notation
internal import Synchronization

/// Puts questions and gathers answers. Any thread may ask.
final class ApprovalDesk: Sendable {
    /// What came of asking.
    enum Outcome: Sendable {
        case answered(ApprovalAnswer)
        /// The call is over; the client has to come again with this state and an answer.
        case comeAgain(state: String)
    }

    private struct State {
        var book: ApprovalBook
        var answers: [RequestID: ApprovalAnswer] = [:]
    }

    private let state: Monitor<State>
    private let retries: Mutex<RetryApprovals>
    private let write: @Sendable ([UInt8]) -> Void

    private static let tagBytes = 8
    private static let keyBytes = 32

    init(encoder: Encoder, write: @escaping @Sendable ([UInt8]) -> Void) throws(SystemError) {
        let tag = Hex.encode(try Entropy.bytes(Self.tagBytes))
        state = Monitor(State(book: ApprovalBook(encoder: encoder, tag: tag)))
        let key = HMAC(key: try Entropy.bytes(Self.keyBytes))
        retries = Mutex(
            RetryApprovals(
                seal: StateSeal(mac: { key.digest($0) }, hash: { SHA256.digest($0) })))
        self.write = write
    }

    /// Asks, and in the handshake revisions waits for the answer. `isWanted`: the client has not
    /// cancelled the call.
    func ask(
        _ call: CallRequest, _ subject: ApprovalSubject, within milliseconds: Int64,
        while isWanted: () -> Bool
    ) -> Outcome {
        call.era == .stateless
            ? judgeRetry(call, subject, within: milliseconds)
            : .answered(askNow(call, subject, within: milliseconds, while: isWanted))
    }

    private func judgeRetry(
        _ call: CallRequest, _ subject: ApprovalSubject, within milliseconds: Int64
    ) -> Outcome {
        let nonce: [UInt8]
        do throws(SystemError) { nonce = try Entropy.bytes(RetryApprovals.nonceBytes) } catch {
            return .answered(.denied(.tooMany))
        }
        let terms = RetryApprovals.Terms(
            now: WallClock.nanoseconds / 1_000_000, lifetimeMilliseconds: milliseconds,
            nonce: nonce)
        return switch retries.withLock({ $0.judge(call, subject, on: terms) }) {
        case .ask(let state): .comeAgain(state: state)
        case .decided(let answer): .answered(answer)
        }
    }

    private func askNow(
        _ call: CallRequest, _ subject: ApprovalSubject, within milliseconds: Int64,
        while isWanted: () -> Bool
    ) -> ApprovalAnswer {
        let deadline = Moment.now.advanced(byMilliseconds: milliseconds)
        let denial: ApprovalDenial? = state.read { state in
            // Under the lock that a cancel takes afterwards: it finds the question or we find it.
            guard isWanted() else { return .withdrawn }
            switch state.book.ask(subject.question, for: call, until: Self.milliseconds(deadline)) {
            case .denied(let denial): return denial
            case .send(let line):
                write(line)
                return nil
            }
        }
        if let denial { return .denied(denial) }
        let answer = state.wait(until: deadline) { $0.answers.removeValue(forKey: call.id) }
        if let answer { return answer }
        perform { $0.expire(now: Self.milliseconds(deadline)) }
        return state.read { $0.answers.removeValue(forKey: call.id) } ?? .denied(.timedOut)
    }

    /// The client answered a request of ours.
    func take(_ response: ClientResponse) {
        perform { $0.answer(response, now: Self.milliseconds(.now)) }
    }

    /// The client cancelled a call.
    func withdraw(_ call: RequestID) { perform { $0.cancel(call) } }

    /// The conversation is over.
    func end() { perform { $0.end() } }

    private func perform(_ step: (inout ApprovalBook) -> [ApprovalBook.Action]) {
        state.update { state in
            for action in step(&state.book) {
                switch action {
                case .send(let line): write(line)
                case .resolve(let call, let answer): state.answers[call] = answer
                }
            }
        }
    }

    private static func milliseconds(_ moment: Moment) -> Int64 { moment.nanoseconds / 1_000_000 }
}
