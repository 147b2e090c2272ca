/// A request for what is on offer, of one kind. There is one page, so there is nothing else to ask
/// for.
package struct ListRequest: Hashable, Sendable {
    package let id: RequestID
    package let era: Era

    package init(id: RequestID, era: Era) {
        self.id = id
        self.era = era
    }
}
