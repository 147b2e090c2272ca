import Notation

/// What a request of 2026-07-28 says about itself in `_meta`. Nothing is ever inferred from
/// another request.
struct Envelope {
    let peer: Peer

    /// Whether the request is meant to be one: any key of the envelope says so, and then a
    /// missing one is an error instead of a guess.
    static func isPresent(in meta: JSONObject) -> Bool {
        guard !meta.isEmpty else {
            return false
        }
        return keys.contains { meta[$0] != nil }
    }

    /// Checks presence and types first, the version last, as the official suite expects.
    init(_ meta: JSONObject) throws(ProtocolFault) {
        guard let version = meta[Self.versionKey]?.asString else {
            throw Self.missing(Self.versionKey, "a string such as \"\(Era.statelessVersion)\"")
        }
        guard let capabilities = meta[Self.capabilitiesKey]?.asObject else {
            throw Self.missing(Self.capabilitiesKey, "an object, {} if the client can do nothing")
        }
        if let level = meta[Self.logLevelKey] {
            guard let name = level.asString, Self.logLevels.contains(name) else {
                throw ProtocolFault(
                    .invalidParams,
                    "`\(Self.logLevelKey)` has to be one of: "
                        + Self.logLevels.joined(separator: ", ") + ".", about: .envelope)
            }
        }
        guard version == Era.statelessVersion else {
            throw ProtocolFault.unsupportedVersion(version)
        }
        peer = Peer(capabilities: capabilities, info: meta[Peer.infoKey])
    }

    static func missing(_ key: String, _ shape: String) -> ProtocolFault {
        ProtocolFault(
            .invalidParams, "`params._meta` needs `\(key)`: \(shape).", about: .envelope)
    }

    static let versionKey = "io.modelcontextprotocol/protocolVersion"
    private static let capabilitiesKey = "io.modelcontextprotocol/clientCapabilities"
    private static let logLevelKey = "io.modelcontextprotocol/logLevel"
    private static let keys = [
        versionKey, capabilitiesKey, Peer.infoKey, logLevelKey,
    ]
    private static let logLevels = [
        "debug", "info", "notice", "warning", "error", "critical", "alert", "emergency",
    ]
}
