// Reads the params of `tools/call`, strictly, in either era.

import Notation

extension CallRequest {
    /// The params of `tools/call`, sorted by key; unknown keys are ignored.
    private struct Members {
        var name: JSON?
        var arguments: JSON?
        var inputResponses: JSON?
        var requestState: JSON?

        init(_ params: JSONObject) {
            for (key, value) in params {
                switch key {
                case "name": name = value
                case "arguments": arguments = value
                case "inputResponses": inputResponses = value
                case "requestState": requestState = value
                default: continue
                }
            }
        }
    }

    /// Reads a request for a tool. Malformed params are a fault of the protocol; arguments that
    /// break the tool's own schema are not, and are judged later.
    init(
        _ request: Request, meta: JSONObject, era: Era, peer: Peer
    ) throws(ProtocolFault) {
        let members = Members(request.params)
        id = request.id
        self.era = era
        tool = try Self.toolName(members.name)
        arguments = try Self.object(members.arguments, called: "arguments") ?? [:]
        progressToken = try Self.progressToken(meta["progressToken"])
        self.meta = meta
        self.peer = peer
        retry = era == .stateless ? try Self.retry(members) : nil
    }

    private static func toolName(_ value: JSON?) throws(ProtocolFault) -> String {
        guard let name = value?.asString, !name.isEmpty, name.utf8.count <= maxToolNameBytes else {
            throw ProtocolFault(
                .invalidParams,
                "tools/call needs `name`: the tool's name, 1 to \(maxToolNameBytes) bytes.")
        }
        return name
    }

    private static func object(
        _ value: JSON?, called name: String
    ) throws(ProtocolFault) -> JSONObject? {
        guard let value else {
            return nil
        }
        guard let members = value.asObject else {
            throw ProtocolFault(.invalidParams, "`\(name)` has to be an object, or be left out.")
        }
        return members
    }

    /// A token is a string or an integer like an id, with the same bounds.
    private static func progressToken(_ value: JSON?) throws(ProtocolFault) -> JSON? {
        guard let value else {
            return nil
        }
        guard let token = RequestID(value) else {
            throw ProtocolFault(
                .invalidParams,
                "`_meta.progressToken` has to be a string of at most \(RequestID.maxBytes) bytes "
                    + "or an integer of 64 bits.")
        }
        return token.json
    }

    private static func retry(_ members: Members) throws(ProtocolFault) -> Retry? {
        let responses = try object(members.inputResponses, called: "inputResponses")
        let state = members.requestState
        guard responses != nil || state != nil else {
            return nil
        }
        if let state, state.asString == nil {
            throw ProtocolFault(.invalidParams, "`requestState` has to be the string we sent.")
        }
        return Retry(inputResponses: responses ?? [:], requestState: state?.asString)
    }
}
