package import Notation

/// What this server serves. The capabilities it declares are derived from here and from nowhere
/// else, so a method is answered exactly when it was declared.
///
/// A new capability is one option here, its methods in `Method`, and one `Step` for each.
package struct Offer: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package static let tools = Offer(rawValue: 1 << 0)

    /// The `capabilities` object. No `listChanged`: what is offered is fixed while the server runs.
    package var capabilities: JSON {
        var members = JSONObject()
        if contains(.tools) {
            members["tools"] = .object([:])
        }
        return .object(members)
    }
}
