/// A pointer to something a call left behind.
package struct ResourceLink: Hashable, Sendable {
    package var uri: String
    package var name: String
    package var mime: String?
    package var bytes: Int64?

    package init(uri: String, name: String, mime: String? = nil, bytes: Int64? = nil) {
        self.uri = uri
        self.name = name
        self.mime = mime
        self.bytes = bytes
    }

    /// The link as a sentence, for revisions that have no links.
    var sentence: String {
        var details: [String] = []
        if let mime {
            details.append(mime)
        }
        if let bytes {
            details.append("\(bytes) bytes")
        }
        let note = details.isEmpty ? "" : " (" + details.joined(separator: ", ") + ")"
        return "\(name)\(note): \(uri)"
    }
}
