/// A resource inside a result: text, or bytes in base64.
package struct EmbeddedResource: Hashable, Sendable {
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
}
