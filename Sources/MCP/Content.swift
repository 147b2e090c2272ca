/// One block of what a call shows to the model.
package enum Content: Hashable, Sendable {
    case text(String)
    case image(base64: String, mime: String)
    case resourceLink(ResourceLink)
    case resource(ResourceContents)
}
