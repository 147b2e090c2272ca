import Notation

/// A request whose JSON-RPC frame is sound; the method is not looked up yet.
struct Request {
    let id: RequestID
    let method: String
    /// Empty when the client sent none.
    let params: JSONObject

    /// The `_meta` of the params; empty when there is none.
    func meta() throws(ProtocolFault) -> JSONObject {
        switch params["_meta"] {
        case nil:
            return [:]
        case .object(let meta):
            return meta
        default:
            throw ProtocolFault(.invalidParams, "`_meta` has to be an object.")
        }
    }
}
