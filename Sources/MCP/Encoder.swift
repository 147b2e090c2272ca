package import Notation

/// Turns what the server has to say into messages: one line each, without the newline.
///
/// The members that are the same in every message are encoded once, here; results are written
/// straight into bytes, with no tree in between.
package struct Encoder: Sendable {
    package let server: ServerDescription
    package let offer: Offer
    package let caching: CacheHint
    /// `"io.modelcontextprotocol/serverInfo":{…}`, ready to be put into `_meta`.
    let serverMember: [UInt8]

    static let serverKey = "io.modelcontextprotocol/serverInfo"

    package init(server: ServerDescription, offer: Offer, caching: CacheHint = .standard) {
        self.server = server
        self.offer = offer
        self.caching = caching
        var member: [UInt8] = []
        member.append(member: Self.serverKey, server.information(for: .stateless))
        serverMember = member
    }

    /// A result that is already JSON.
    package func response(to id: RequestID, result: JSON) -> [UInt8] {
        response(to: id, encodedResult: result.bytes)
    }

    /// A result that is already bytes, such as a list of tools kept from an earlier request.
    package func response(to id: RequestID, encodedResult: [UInt8]) -> [UInt8] {
        var line = Self.opening(to: id, capacity: encodedResult.count)
        line.append(encoded: ",\"result\":")
        line.append(contentsOf: encodedResult)
        line.append(Self.closeBrace)
        return line
    }

    /// An error, for a request or for a line that nobody can be named for.
    package func failure(_ fault: ProtocolFault, to id: RequestID?) -> [UInt8] {
        var line = Self.opening(to: id, capacity: fault.message.utf8.count)
        line.append(encoded: ",")
        line.append(member: "error", .object(fault.members))
        line.append(Self.closeBrace)
        return line
    }

    /// `{"jsonrpc":"2.0","id":…` with room for `capacity` bytes more and the frame around them.
    static func opening(to id: RequestID?, capacity: Int) -> [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(capacity + 192)
        line.append(encoded: "{\"jsonrpc\":\"2.0\"")
        if let id {
            line.append(encoded: ",\"id\":")
            id.json.write(to: &line)
        }
        return line
    }

    static let closeBrace = UInt8(ascii: "}")
}

extension [UInt8] {
    /// Appends text that is JSON already.
    mutating func append(encoded text: String) {
        append(contentsOf: text.utf8)
    }

    /// Appends `"key":value`.
    mutating func append(member key: String, _ value: JSON) {
        JSON.string(key).write(to: &self)
        append(UInt8(ascii: ":"))
        value.write(to: &self)
    }
}
