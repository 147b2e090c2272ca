package import Notation

/// What a call came to. A failure of the tool, a denial, a time-out are results too: `isError`
/// tells the model that it should do something else.
package struct CallResult: Hashable, Sendable {
    package var content: [Content]
    /// The machine-readable form; an object, because the handshake revisions allow nothing else.
    package var structured: JSONObject?
    package var isError: Bool
    package var meta: JSONObject

    package init(
        content: [Content], structured: JSONObject? = nil, isError: Bool = false,
        meta: JSONObject = [:]
    ) {
        self.content = content
        self.structured = structured
        self.isError = isError
        self.meta = meta
    }
}
