import Notation

/// What came of asking a person. Whatever is not a plain yes is a no.
package enum ApprovalAnswer: Hashable, Sendable {
    case approved
    case denied(ApprovalDenial)
}

extension ApprovalAnswer {
    /// Reads the client's answer to a question that was a request of ours.
    init(_ response: ClientResponse) {
        switch response.outcome {
        case .result(let result): self.init(elicitResult: result)
        case .failure(let code, _): self = .denied(.clientError(code: code))
        case .malformed: self = .denied(.malformed)
        }
    }

    /// Reads an `ElicitResult`. Only `accept` with the box ticked, as a boolean, is a yes;
    /// members that were not asked for mean nothing.
    init(elicitResult result: JSON) {
        switch result["action"]?.asString {
        case "accept":
            switch result["content"]?[ElicitationQuestion.box] {
            case .bool(true): self = .approved
            case .bool(false): self = .denied(.declined)
            default: self = .denied(.malformed)
            }
        case "decline": self = .denied(.declined)
        case "cancel": self = .denied(.cancelled)
        default: self = .denied(.malformed)
        }
    }
}
