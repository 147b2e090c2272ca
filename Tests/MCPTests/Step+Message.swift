// What a step says, for tests to look at.

import MCP
import Notation

extension Step {
    /// The code of an error reply; nil for anything else.
    var errorCode: Int64? {
        message?["error"]?["code"]?.asInteger
    }

    /// What a refusal is about; nil for anything else.
    var refusal: ProtocolFault.Subject? {
        guard case .refuse(let refused) = self else { return nil }
        return refused.fault.subject
    }

    /// The message of a reply.
    var message: JSON? {
        let bytes: [UInt8]? =
            switch self {
            case .reply(let bytes): bytes
            case .refuse(let refused): refused.reply
            default: nil
            }
        return bytes.flatMap { try? JSON(parsing: $0) }
    }
}
