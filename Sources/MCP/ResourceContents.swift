/// What a resource holds: text, or bytes in base64. Stands inside a result, or answers a read.
package struct ResourceContents: Hashable, Sendable {
    package enum Body: Hashable, Sendable {
        case text(String)
        case blob(base64: String)
    }

    package var uri: String
    package var mime: String?
    package var body: Body

    package init(uri: String, mime: String? = nil, body: Body) {
        self.uri = uri
        self.mime = mime
        self.body = body
    }

    /// Bytes of the text or of the base64.
    package var size: Int {
        switch body {
        case .text(let text): text.utf8.count
        case .blob(let base64): base64.utf8.count
        }
    }
}
