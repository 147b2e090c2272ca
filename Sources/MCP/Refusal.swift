/// A line that gets an error for an answer, and the request the error belongs to where one can be
/// told. Without an id the member is left out: the schema has no null ids.
struct Refusal: Error, Hashable {
    let fault: ProtocolFault
    let id: RequestID?

    init(_ fault: ProtocolFault, to id: RequestID?) {
        self.fault = fault
        self.id = id
    }
}
