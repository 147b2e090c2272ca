import Notation

/// One JSON-RPC message, told apart by its members and by nothing else.
enum Message {
    case request(Request)
    case notification(method: String, params: JSONObject)
    case response(ClientResponse)
    /// A broken notification, or a response to nobody: the protocol allows no answer to either.
    case unanswerable

    init(_ value: JSON) throws(Refusal) {
        guard case .object(let members) = value else {
            throw Refusal(
                ProtocolFault(.invalidRequest, "A message is a JSON object with a method."),
                to: nil)
        }
        let frame = Frame(members)
        if let method = frame.method {
            self = try Self.call(of: method, in: frame)
        } else if frame.result != nil || frame.error != nil {
            self = Self.answer(in: frame)
        } else {
            throw frame.refusal(.invalidRequest, "The message has no method.")
        }
    }

    /// A request or a notification: the difference is whether an id is there at all.
    private static func call(of method: JSON, in frame: Frame) throws(Refusal) -> Message {
        guard case .string(let name) = method else {
            throw frame.refusal(.invalidRequest, "`method` has to be a string.")
        }
        guard let idValue = frame.id else {
            return notification(name, in: frame)
        }
        guard let id = RequestID(idValue) else {
            throw frame.refusal(
                .invalidRequest,
                "`id` has to be a string of at most \(RequestID.maxBytes) bytes or an integer of "
                    + "64 bits; null, fractions and booleans are not ids.")
        }
        if let flaw = frame.flaw {
            throw frame.refusal(.invalidRequest, flaw)
        }
        guard name.utf8.count <= Method.maxBytes else {
            throw frame.refusal(
                .invalidRequest, "The method name is longer than \(Method.maxBytes) bytes.")
        }
        guard let params = frame.paramsObject else {
            throw frame.refusal(.invalidParams, "`params` has to be an object, or be left out.")
        }
        return .request(Request(id: id, method: name, params: params))
    }

    private static func notification(_ name: String, in frame: Frame) -> Message {
        guard frame.flaw == nil, let params = frame.paramsObject else {
            return .unanswerable
        }
        return .notification(method: name, params: params)
    }

    private static func answer(in frame: Frame) -> Message {
        guard let id = frame.id.flatMap(RequestID.init) else {
            return .unanswerable
        }
        return .response(ClientResponse(id: id, outcome: outcome(in: frame)))
    }

    private static func outcome(in frame: Frame) -> ClientResponse.Outcome {
        guard frame.flaw == nil else {
            return .malformed
        }
        switch (frame.result, frame.error) {
        case (.some(let result), nil):
            return .result(result)
        case (nil, .some(let error)):
            guard let code = error["code"]?.asInteger, let text = error["message"]?.asString else {
                return .malformed
            }
            return .failure(code: code, message: text)
        default:
            return .malformed
        }
    }
}
