// What a step says, for tests to look at.

import MCP
import Notation

extension Step {
    /// The code of an error reply; nil for anything else.
    var errorCode: Int64? {
        message?["error"]?["code"]?.asInteger
    }

    /// The message of a reply.
    var message: JSON? {
        guard case .reply(let bytes) = self else { return nil }
        return try? JSON(parsing: bytes)
    }
}
