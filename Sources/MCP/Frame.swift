import Notation

/// The members JSON-RPC gives a message. Others are ignored, except those that differ from one
/// of these by case only: a reader that folds case would see another message than we do.
struct Frame {
    private(set) var version: JSON?
    private(set) var id: JSON?
    private(set) var method: JSON?
    private(set) var params: JSON?
    private(set) var result: JSON?
    private(set) var error: JSON?
    private var lookalike: String?

    init(_ members: JSONObject) {
        for (key, value) in members {
            switch key {
            case "jsonrpc": version = value
            case "id": id = value
            case "method": method = value
            case "params": params = value
            case "result": result = value
            case "error": error = value
            default:
                if CaseVariant.isOne(key, of: Self.names) {
                    lookalike = key
                }
            }
        }
    }

    private static let names = ["jsonrpc", "id", "method", "params", "result", "error"]

    /// What makes the frame unsound, whatever the message is; nil when nothing does.
    var flaw: String? {
        if version != .string("2.0") {
            return "`jsonrpc` has to be \"2.0\"."
        }
        if let lookalike {
            return "\(Excerpt.quote(lookalike)) differs from a member of the protocol by case only."
        }
        if method != nil && (result != nil || error != nil) {
            return "A message has a method or a result or an error, never two of them."
        }
        return nil
    }

    /// The params, empty if there are none; nil if they are something else than an object.
    var paramsObject: JSONObject? {
        guard let params else {
            return [:]
        }
        return params.asObject
    }

    func refusal(_ code: ErrorCode, _ message: String) -> Refusal {
        Refusal(ProtocolFault(code, message), to: id.flatMap(RequestID.init))
    }
}
