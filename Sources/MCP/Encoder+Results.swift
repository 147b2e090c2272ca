import Notation

/// Tool results, with only what the era of the call knows.
extension Encoder {
    /// The answer to a call.
    package func result(_ result: CallResult, to id: RequestID, era: Era) -> [UInt8] {
        var line = Self.opening(to: id, capacity: Self.estimate(result))
        line.append(encoded: ",\"result\":")
        append(result, for: era, to: &line)
        line.append(Self.closeBrace)
        return line
    }

    /// The result of a call by itself, to be kept and sent later.
    package func body(_ result: CallResult, era: Era) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.estimate(result))
        append(result, for: era, to: &bytes)
        return bytes
    }

    private func append(_ result: CallResult, for era: Era, to line: inout [UInt8]) {
        line.append(encoded: "{")
        if era == .stateless {
            line.append(encoded: "\"resultType\":\"complete\",")
        }
        Self.append(contentOf: result, for: era, to: &line)
        if let structured = result.structured, era.hasStructuredResults {
            line.append(encoded: ",")
            line.append(member: "structuredContent", .object(structured))
        }
        line.append(encoded: result.isError ? ",\"isError\":true" : ",\"isError\":false")
        append(meta: result.meta, for: era, to: &line)
        line.append(Self.closeBrace)
    }

    /// Nothing is written twice if the estimate is low; the array grows.
    private static func estimate(_ result: CallResult) -> Int {
        var bytes = 256
        for block in result.content {
            switch block {
            case .text(let text): bytes += text.utf8.count
            case .image(let base64, _): bytes += base64.utf8.count
            case .resourceLink, .resource: bytes += 256
            }
        }
        return bytes
    }

    /// `"content":[…]`. A result with nothing but a structured part shows it as text as well: a
    /// model reads text, and older revisions have nothing else.
    private static func append(contentOf result: CallResult, for era: Era, to line: inout [UInt8]) {
        line.append(encoded: "\"content\":[")
        if result.content.isEmpty, let structured = result.structured {
            append(text: JSON.object(structured).text, to: &line)
        }
        for (position, block) in result.content.enumerated() {
            if position > 0 {
                line.append(encoded: ",")
            }
            append(block, for: era, to: &line)
        }
        line.append(encoded: "]")
    }

    static func append(_ block: Content, for era: Era, to line: inout [UInt8]) {
        switch block {
        case .text(let text):
            append(text: text, to: &line)
        case .image(let base64, let mime):
            line.append(encoded: "{\"type\":\"image\",\"data\":")
            JSON.string(base64).write(to: &line)
            line.append(encoded: ",")
            line.append(member: "mimeType", .string(mime))
            line.append(closeBrace)
        case .resourceLink(let link):
            if era.hasResourceLinks {
                append(link, to: &line)
            } else {
                append(text: link.sentence, to: &line)
            }
        case .resource(let resource):
            append(resource, to: &line)
        }
    }

    private static func append(text: String, to line: inout [UInt8]) {
        line.append(encoded: "{\"type\":\"text\",\"text\":")
        JSON.string(text).write(to: &line)
        line.append(closeBrace)
    }

    private static func append(_ link: ResourceLink, to line: inout [UInt8]) {
        line.append(encoded: "{\"type\":\"resource_link\",")
        line.append(member: "uri", .string(link.uri))
        line.append(encoded: ",")
        line.append(member: "name", .string(link.name))
        append(mime: link.mime, to: &line)
        if let bytes = link.bytes {
            line.append(encoded: ",")
            line.append(member: "size", .integer(bytes))
        }
        line.append(closeBrace)
    }

    private static func append(_ resource: ResourceContents, to line: inout [UInt8]) {
        line.append(encoded: "{\"type\":\"resource\",\"resource\":")
        append(bare: resource, to: &line)
        line.append(closeBrace)
    }

    /// `{"uri":…,"text":…}`
    static func append(bare resource: ResourceContents, to line: inout [UInt8]) {
        line.append(encoded: "{")
        line.append(member: "uri", .string(resource.uri))
        append(mime: resource.mime, to: &line)
        line.append(encoded: ",")
        switch resource.body {
        case .text(let text): line.append(member: "text", .string(text))
        case .blob(let base64): line.append(member: "blob", .string(base64))
        }
        line.append(closeBrace)
    }

    private static func append(mime: String?, to line: inout [UInt8]) {
        if let mime {
            line.append(encoded: ",")
            line.append(member: "mimeType", .string(mime))
        }
    }

    /// `,"_meta":{…}`, left out when it would be empty.
    func append(meta: JSONObject, for era: Era, to line: inout [UInt8]) {
        guard era == .stateless || !meta.isEmpty else {
            return
        }
        line.append(encoded: ",\"_meta\":{")
        var separator = ""
        if era == .stateless {
            line.append(contentsOf: serverMember)
            separator = ","
        }
        for (key, value) in meta where key != Self.serverKey {
            line.append(encoded: separator)
            line.append(member: key, value)
            separator = ","
        }
        line.append(Self.closeBrace)
    }
}
