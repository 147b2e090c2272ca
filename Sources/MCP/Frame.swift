import Notation

/// The members JSON-RPC gives a message; others are ignored.
struct Frame {
    private(set) var version: JSON?
    private(set) var id: JSON?
    private(set) var method: JSON?
    private(set) var params: JSON?
    private(set) var result: JSON?
    private(set) var error: JSON?

    init(_ members: JSONObject) {
        for (key, value) in members {
            switch key {
            case "jsonrpc": version = value
            case "id": id = value
            case "method": method = value
            case "params": params = value
            case "result": result = value
            case "error": error = value
            default: continue
            }
        }
    }

    /// What makes the frame unsound, whatever the message is; nil when nothing does.
    var flaw: String? {
        if version != .string("2.0") {
            return "`jsonrpc` has to be \"2.0\"."
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
