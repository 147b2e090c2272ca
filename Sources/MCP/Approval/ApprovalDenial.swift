// Why a call that needed a person's yes did not get it.

/// The reason of a refusal. It goes into the audit log by its `code`, and to the model as its
/// `sentence`: what happened, and what to do next.
package enum ApprovalDenial: Error, Hashable, Sendable {
    /// The person said no, or accepted the form without ticking the box.
    case declined
    /// The person closed the question without an answer.
    case cancelled
    /// No answer came in time.
    case timedOut
    /// The call was cancelled, or the connection ended, while the question was open.
    case withdrawn
    /// The client did not declare that it can show a form.
    case noCapability
    /// More questions are open, or more answers remembered, than are kept track of.
    case tooMany
    /// The client answered with a JSON-RPC error.
    case clientError(code: Int64)
    /// The answer does not fit the form, or the state is none of ours at first sight.
    case malformed
    /// The state was changed, or another server or an earlier run of this one made it.
    case wrongSeal
    /// The answer came after the time the state allows.
    case expired
    /// The answer belongs to another call.
    case otherCall(Difference)
    /// The question would read otherwise today than when it was answered.
    case reworded
    /// The answer was used before.
    case replayed

    /// In what a call differs from the one that was asked about.
    package enum Difference: String, Hashable, Sendable, CaseIterable {
        case tool, arguments, policy, client
    }

    /// A stable word for logs and structured results.
    package var code: String {
        switch self {
        case .declined: "declined"
        case .cancelled: "cancelled"
        case .timedOut: "timed_out"
        case .withdrawn: "withdrawn"
        case .noCapability: "no_capability"
        case .tooMany: "too_many"
        case .clientError: "client_error"
        case .malformed: "malformed"
        case .wrongSeal: "wrong_seal"
        case .expired: "expired"
        case .otherCall: "other_call"
        case .reworded: "reworded"
        case .replayed: "replayed"
        }
    }

    /// For the model: what happened, and what to do next.
    package var sentence: String {
        switch self {
        case .declined:
            "The person who was asked said no. Don't repeat this call: ask them what they would "
                + "allow, or go on without it."
        case .cancelled:
            "The person who was asked closed the question without an answer, which counts as no. "
                + "Ask them in the conversation before you make this call again."
        case .timedOut:
            "Nobody answered the question in time, which counts as no. Tell the person that an "
                + "approval will be asked for, then make the call again."
        case .withdrawn:
            "The call was cancelled while a person was being asked, so it did not run. Make it "
                + "again if it is still wanted."
        case .noCapability:
            "A person has to approve this call, and this client can't ask one: it does not declare "
                + "form elicitation. Use a tool that needs no approval, or tell the person to "
                + "use a client that can ask or to change the policy."
        case .tooMany:
            "Too many approvals are under way at once, so nobody was asked. Wait until some of "
                + "them are over, then make the call again."
        case .clientError(let code):
            "The client answered the question with error \(code) instead of a decision, which "
                + "counts as no. Tell the person that their client could not ask them."
        case .malformed:
            "The answer, or the state that came with it, does not fit the question, which "
                + "counts as no. " + Self.askAgain
        case .wrongSeal:
            "The approval was not given to this run of the server, or was changed on the way. "
                + Self.askAgain
        case .expired:
            "The answer came after its time was over. " + Self.askAgain
        case .otherCall(let difference):
            "The approval was given to a call with \(difference.phrase), and is good for that "
                + "one alone. " + Self.askAgain
        case .reworded:
            "The question would read differently now than the one that was answered. "
                + Self.askAgain
        case .replayed:
            "The approval was used before, and is good for one call. " + Self.askAgain
        }
    }

    private static let askAgain = "Make the call again from the start: the person is asked anew."
}

extension ApprovalDenial.Difference {
    fileprivate var phrase: String {
        switch self {
        case .tool: "another tool"
        case .arguments: "other arguments"
        case .policy: "another policy in force"
        case .client: "another client behind it"
        }
    }
}
