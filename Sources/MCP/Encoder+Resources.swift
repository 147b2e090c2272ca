import Notation

/// Resources, prompts and completions, with only what the era of the request knows.
extension Encoder {
    /// Values one completion shows at most; the protocol's own bound.
    package static let maxCompletions = 100

    /// The answer to `resources/list`. A run may leave new resources behind at any time, so the
    /// list is never kept.
    package func resourceList(
        _ resources: [ResourceListing], to id: RequestID, era: Era
    ) -> [UInt8] {
        let members: JSONObject = ["resources": .array(resources.map { $0.json(for: era) })]
        return response(to: id, result: list(members, for: era, .never))
    }

    /// The answer to `resources/templates/list`.
    package func templateList(
        _ templates: [ResourceTemplateListing], to id: RequestID, era: Era
    ) -> [UInt8] {
        let members: JSONObject = [
            "resourceTemplates": .array(templates.map { $0.json(for: era) })
        ]
        return response(to: id, result: list(members, for: era))
    }

    /// The answer to `prompts/list`.
    package func promptList(_ prompts: [PromptListing], to id: RequestID, era: Era) -> [UInt8] {
        let members: JSONObject = ["prompts": .array(prompts.map { $0.json(for: era) })]
        return response(to: id, result: list(members, for: era))
    }

    /// The answer to `resources/read`. Never empty: what is not there is an error.
    package func contents(
        _ contents: [ResourceContents], caching hint: CacheHint, to id: RequestID, era: Era
    ) -> [UInt8] {
        precondition(!contents.isEmpty, "a resource that is not there is an error")
        var line = Self.opening(to: id, capacity: 256 + contents.reduce(0) { $0 + $1.size })
        line.append(encoded: ",\"result\":{")
        if era == .stateless {
            line.append(encoded: "\"resultType\":\"complete\",")
        }
        line.append(encoded: "\"contents\":[")
        for (position, part) in contents.enumerated() {
            if position > 0 { line.append(encoded: ",") }
            Self.append(bare: part, to: &line)
        }
        line.append(encoded: "]")
        if era == .stateless {
            line.append(encoded: ",\"ttlMs\":\(hint.milliseconds),")
            line.append(member: "cacheScope", .string(hint.scope.rawValue))
        }
        append(meta: [:], for: era, to: &line)
        line.append(encoded: "}}")
        return line
    }

    /// The answer to `prompts/get`.
    package func prompt(
        _ messages: [PromptMessage], description: String, to id: RequestID, era: Era
    ) -> [UInt8] {
        var line = Self.opening(to: id, capacity: 1024)
        line.append(encoded: ",\"result\":{")
        if era == .stateless {
            line.append(encoded: "\"resultType\":\"complete\",")
        }
        line.append(member: "description", .string(description))
        line.append(encoded: ",\"messages\":[")
        for (position, message) in messages.enumerated() {
            line.append(encoded: position > 0 ? ",{" : "{")
            line.append(member: "role", .string(message.role.rawValue))
            line.append(encoded: ",\"content\":")
            Self.append(message.content, for: era, to: &line)
            line.append(encoded: "}")
        }
        line.append(encoded: "]")
        append(meta: [:], for: era, to: &line)
        line.append(encoded: "}}")
        return line
    }

    /// The answer to `completion/complete`: the first hundred values, and how many there are.
    package func completion(_ values: [String], to id: RequestID, era: Era) -> [UInt8] {
        var result: JSONObject = [:]
        if era == .stateless { result["resultType"] = "complete" }
        result["completion"] = [
            "values": .array(values.prefix(Self.maxCompletions).map { .string($0) }),
            "total": JSON(values.count), "hasMore": .bool(values.count > Self.maxCompletions),
        ]
        if era == .stateless {
            result["_meta"] = .object([Self.serverKey: server.information(for: era)])
        }
        return response(to: id, result: .object(result))
    }
}
