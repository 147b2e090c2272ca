// Approval without a connection to wait on: what the client brings back is believed only as far
// as it is sealed, about this call, in time, and used for the first time.

import MCP
import Notation
import Testing

@Suite struct RetryApprovalsTests {
    private static let asked: Int64 = 1_790_000_000_000

    private func subject(
        tool: String = "ask", arguments: JSONObject = ["n": 1, "m": 2], policy: String = "p1",
        client: String = "alice", question: ElicitationQuestion = Approvals.question()
    ) -> ApprovalSubject {
        ApprovalSubject(
            tool: tool, arguments: arguments, policyHash: policy, client: Array(client.utf8),
            question: question)
    }

    private func terms(
        at now: Int64 = asked, lifetime: Int64 = Approvals.lifetime, nonce: UInt8 = 1
    ) -> RetryApprovals.Terms {
        RetryApprovals.Terms(
            now: now, lifetimeMilliseconds: lifetime,
            nonce: [UInt8](repeating: nonce, count: RetryApprovals.nonceBytes))
    }

    private func retry(_ state: String?, _ response: JSON? = Approvals.yes) throws -> CallRequest {
        var members: JSONObject = [:]
        if let state { members["requestState"] = .string(state) }
        if let response { members["inputResponses"] = ["approval": response, "other": 1] }
        return try Approvals.call(.stateless, retry: members)
    }

    /// Asks, and returns the state.
    private func state(
        _ approvals: inout RetryApprovals, _ subject: ApprovalSubject,
        _ terms: RetryApprovals.Terms
    ) throws -> String {
        let outcome = approvals.judge(try Approvals.call(.stateless), subject, on: terms)
        guard case .ask(let state) = outcome else {
            throw Approvals.NotACall(line: "\(outcome)")
        }
        return state
    }

    private func judge(
        _ approvals: inout RetryApprovals, _ text: String, at now: Int64 = asked + 1
    ) throws -> RetryApprovals.Outcome {
        approvals.judge(try retry(text), subject(), on: terms(at: now, nonce: 2))
    }

    @Test(arguments: Approvals.answers)
    func `only a plain yes lets the call run, and any answer is the last`(
        response: JSON, expected: ApprovalAnswer
    ) throws {
        var approvals = RetryApprovals(seal: .toy())
        let state = try state(&approvals, subject(), terms())
        let outcome = approvals.judge(
            try retry(state, response), subject(), on: terms(nonce: 2))
        #expect(outcome == .decided(expected))
        #expect(try judge(&approvals, state) == .decided(.denied(.replayed)))
    }

    @Test func `a state is letters of a URL, always as many`() throws {
        var approvals = RetryApprovals(seal: .toy())
        for (subject, terms) in [
            (subject(), terms()), (subject(tool: "t", arguments: [:]), terms(at: 0, lifetime: 0)),
            (subject(policy: String(repeating: "x", count: 9999)), terms(at: .max)),
        ] {
            let state = try state(&approvals, subject, terms)
            #expect(state.utf8.count == 290)
            #expect(
                state.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }
            )
        }
    }

    @Test func `a yes is good until its time is over, to the millisecond`() throws {
        let end = Self.asked + Approvals.lifetime
        for (now, expected) in [
            (Self.asked, .approved), (end - 1, .approved), (end, .denied(.expired)),
            (end + 1, .denied(.expired)), (.max, .denied(.expired)),
        ] as [(Int64, ApprovalAnswer)] {
            var approvals = RetryApprovals(seal: .toy())
            let state = try state(&approvals, subject(), terms())
            #expect(try judge(&approvals, state, at: now) == .decided(expected))
        }
    }

    @Test(
        arguments: [
            (-1, Self.asked, .denied(.expired)), (0, Self.asked, .denied(.expired)),
            (1, Self.asked, .approved), (.max, Self.asked + 86_399_999, .approved),
            (.max, Self.asked + 86_400_000, .denied(.expired)), (.min, 0, .denied(.expired)),
        ] as [(Int64, Int64, ApprovalAnswer)])
    func `no question waits longer than a day or less than no time`(
        lifetime: Int64, now: Int64, expected: ApprovalAnswer
    ) throws {
        var approvals = RetryApprovals(seal: .toy())
        let state = try state(&approvals, subject(), terms(lifetime: lifetime))
        let late = lifetime == .min ? Self.asked : now
        #expect(try judge(&approvals, state, at: late) == .decided(expected))
    }

    @Test func `a yes to one call is none to another`() throws {
        let others: [(ApprovalSubject, ApprovalDenial)] = [
            (subject(tool: "ask2"), .otherCall(.tool)),
            (subject(tool: "Ask"), .otherCall(.tool)),
            (subject(arguments: [:]), .otherCall(.arguments)),
            (subject(arguments: ["n": 2, "m": 2]), .otherCall(.arguments)),
            (subject(arguments: ["n": "1", "m": 2]), .otherCall(.arguments)),
            (subject(arguments: ["n": .number("1.0"), "m": 2]), .otherCall(.arguments)),
            (subject(arguments: ["n": 1, "m": 2, "o": nil]), .otherCall(.arguments)),
            (subject(policy: "p2"), .otherCall(.policy)),
            (subject(client: "mallory"), .otherCall(.client)),
            (subject(question: Approvals.question(walls: "none")), .reworded),
            (subject(question: Approvals.question(rule: "a person decides.")), .reworded),
        ]
        for (other, denial) in others {
            var approvals = RetryApprovals(seal: .toy())
            let state = try state(&approvals, subject(), terms())
            let outcome = approvals.judge(try retry(state), other, on: terms(nonce: 2))
            #expect(outcome == .decided(.denied(denial)))
            // It was not used up by that.
            #expect(try judge(&approvals, state) == .decided(.approved))
        }
    }

    @Test func `the order of arguments does not matter`() throws {
        var approvals = RetryApprovals(seal: .toy())
        let state = try state(&approvals, subject(), terms())
        let turned = subject(arguments: ["m": 2, "n": 1])
        #expect(
            approvals.judge(try retry(state), turned, on: terms()) == .decided(.approved))
    }

    @Test func `a state of another key is not believed`() throws {
        var approvals = RetryApprovals(seal: .toy())
        var others = RetryApprovals(seal: .toy(key: 8))
        let state = try state(&others, subject(), terms())
        #expect(try judge(&approvals, state) == .decided(.denied(.wrongSeal)))
    }

    @Test func `a state with any bit turned over is refused`() throws {
        var approvals = RetryApprovals(seal: .toy())
        let text = Array(try state(&approvals, subject(), terms()).utf8)
        for place in text.indices {
            for bit in 0..<8 as Range<UInt8> {
                var changed = text
                changed[place] ^= 1 << bit
                let outcome = try judge(&approvals, String(decoding: changed, as: UTF8.self))
                #expect(
                    outcome == .decided(.denied(.malformed))
                        || outcome == .decided(.denied(.wrongSeal)), "\(place) \(bit)")
            }
        }
        let outcome = try judge(&approvals, String(decoding: text, as: UTF8.self))
        #expect(outcome == .decided(.approved))
    }

    @Test func `a state with any byte changed after decoding is refused`() throws {
        var approvals = RetryApprovals(seal: .toy())
        let bytes = try #require(Base64URL.decode(try state(&approvals, subject(), terms())))
        #expect(bytes.count == 217)
        for place in bytes.indices {
            var changed = bytes
            changed[place] &+= 1
            let outcome = try judge(&approvals, Base64URL.encode(changed))
            #expect(outcome == .decided(.denied(.wrongSeal)))
        }
    }

    @Test func `a state cut or lengthened anywhere is refused`() throws {
        var approvals = RetryApprovals(seal: .toy())
        let text = try state(&approvals, subject(), terms())
        let wrong =
            (0..<text.utf8.count).map { String(text.prefix($0)) }
            + (1..<text.utf8.count).map { String(text.suffix($0)) }
            + [text + "A", text + "=", text + "\n", " " + text, text + text, text + "=="]
            + [String(repeating: "A", count: 290), String(repeating: "A", count: 1 << 16)]
            + [String(repeating: "é", count: 145), String(repeating: "\u{0}", count: 290)]
        for state in wrong {
            let outcome = try judge(&approvals, state)
            let denials: [ApprovalDenial] = [.malformed, .wrongSeal]
            #expect(denials.contains { outcome == .decided(.denied($0)) })
        }
        #expect(try judge(&approvals, text) == .decided(.approved))
    }

    @Test func `a state of a later version is refused even if the seal is right`() throws {
        // Taken as one of ours, since every seal of this maker is the same.
        let gullible = StateSeal(
            mac: { _ in [UInt8](repeating: 0, count: 32) },
            hash: { _ in [UInt8](repeating: 0, count: 32) })
        var approvals = RetryApprovals(seal: gullible)
        var bytes = try #require(Base64URL.decode(try state(&approvals, subject(), terms())))
        bytes[0] = 2
        #expect(
            try judge(&approvals, Base64URL.encode(bytes)) == .decided(.denied(.malformed)))
        bytes[0] = 1
        #expect(try judge(&approvals, Base64URL.encode(bytes)) == .decided(.approved))
    }

    @Test func `an answer without a state, and a state without an answer`() throws {
        var approvals = RetryApprovals(seal: .toy())
        let first = try state(&approvals, subject(), terms())
        #expect(
            approvals.judge(try retry(nil), subject(), on: terms())
                == .decided(.denied(.malformed)))
        let again = approvals.judge(try retry(first, nil), subject(), on: terms(nonce: 3))
        guard case .ask(let second) = again else {
            Issue.record("not asked again: \(again)")
            return
        }
        #expect(second != first)
        let strange = try Approvals.call(
            .stateless, retry: ["inputResponses": ["other": Approvals.yes]])
        guard case .ask = approvals.judge(strange, subject(), on: terms()) else {
            Issue.record("an answer to another question is none to ours")
            return
        }
        #expect(try judge(&approvals, second) == .decided(.approved))
    }

    @Test func `a forged state is refused before anybody is asked again`() throws {
        var approvals = RetryApprovals(seal: .toy())
        let outcome = approvals.judge(try retry("x", nil), subject(), on: terms())
        #expect(outcome == .decided(.denied(.malformed)))
    }

    @Test func `a state is checked before anybody is asked again`() throws {
        var approvals = RetryApprovals(seal: .toy())
        let state = try state(&approvals, subject(), terms())
        let unanswered = try retry(state, nil)
        let end = Self.asked + Approvals.lifetime
        for (other, now, denial) in [
            (subject(arguments: [:]), Self.asked, .otherCall(.arguments)),
            (subject(client: "mallory"), Self.asked, .otherCall(.client)),
            (subject(), end, .expired), (subject(), .max, .expired),
        ] as [(ApprovalSubject, Int64, ApprovalDenial)] {
            let outcome = approvals.judge(unanswered, other, on: terms(at: now))
            #expect(outcome == .decided(.denied(denial)))
        }
        guard case .ask = approvals.judge(unanswered, subject(), on: terms(at: end - 1)) else {
            Issue.record("there was a millisecond left")
            return
        }
    }

    @Test(arguments: [[:], ["elicitation": ["url": [:]]], ["elicitation": 1]] as [JSON])
    func `each try has to declare that it can ask`(capabilities: JSON) throws {
        var approvals = RetryApprovals(seal: .toy())
        let state = try state(&approvals, subject(), terms())
        for retry in [
            [:], ["requestState": .string(state), "inputResponses": ["approval": Approvals.yes]],
        ] as [JSONObject] {
            let call = try Approvals.call(.stateless, capabilities: capabilities, retry: retry)
            #expect(
                approvals.judge(call, subject(), on: terms()) == .decided(.denied(.noCapability)))
        }
        #expect(try judge(&approvals, state) == .decided(.approved))
    }

    @Test func `a handshake call is not asked this way`() throws {
        var approvals = RetryApprovals(seal: .toy())
        let call = try Approvals.call(.handshake(.newest))
        #expect(
            approvals.judge(call, subject(), on: terms()) == .decided(.denied(.noCapability)))
    }

    @Test func `no answer counts when no more can be remembered`() throws {
        var approvals = RetryApprovals(seal: .toy(), used: UsedNonces(most: 1))
        let first = try state(&approvals, subject(), terms(nonce: 1))
        let second = try state(&approvals, subject(), terms(at: Self.asked + 5, nonce: 2))
        #expect(try judge(&approvals, first) == .decided(.approved))
        #expect(try judge(&approvals, second) == .decided(.denied(.tooMany)))
        let later = Self.asked + Approvals.lifetime
        #expect(try judge(&approvals, second, at: later) == .decided(.approved))
    }
}
