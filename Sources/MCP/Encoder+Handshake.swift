package import Notation

/// How a client learns what is served: `initialize` in one era, `server/discover` in the other,
/// and the list of tools in both.
extension Encoder {
    /// The answer to `initialize`.
    func welcome(to id: RequestID, _ revision: Revision) -> [UInt8] {
        var result: JSONObject = [
            "protocolVersion": .string(revision.name),
            "capabilities": offer.capabilities(in: .handshake(revision)),
            "serverInfo": server.information(for: .handshake(revision)),
        ]
        if let instructions = server.instructions {
            result["instructions"] = .string(instructions)
        }
        return response(to: id, result: .object(result))
    }

    /// The answer to `server/discover`.
    func discovery(to id: RequestID) -> [UInt8] {
        var result: JSONObject = [
            "supportedVersions": .array([.string(Era.statelessVersion)]),
            "capabilities": offer.capabilities(in: .stateless),
        ]
        if let instructions = server.instructions {
            result["instructions"] = .string(instructions)
        }
        return response(to: id, result: list(result, for: .stateless))
    }

    /// The result of `tools/list`: the same for every request of an era, so keep its bytes and
    /// answer with `response(to:encodedResult:)`.
    package func toolList(_ tools: [ToolListing], for era: Era) -> JSON {
        list(["tools": .array(tools.map { $0.json(for: era) })], for: era)
    }

    /// Adds what 2026-07-28 puts around everything a client may keep; `hint` says for how long.
    func list(_ members: JSONObject, for era: Era, _ hint: CacheHint? = nil) -> JSON {
        guard era == .stateless else {
            return .object(members)
        }
        let hint = hint ?? caching
        var result: JSONObject = ["resultType": "complete"]
        for (key, value) in members {
            result[key] = value
        }
        result["ttlMs"] = .integer(hint.milliseconds)
        result["cacheScope"] = .string(hint.scope.rawValue)
        result["_meta"] = .object([Self.serverKey: server.information(for: era)])
        return .object(result)
    }
}
