// What a tool says, as the protocol shows it.

internal import Catalog
internal import MCP
internal import Notation

extension Content {
    init(_ part: Reply.Part) {
        switch part {
        case .text(let text): self = .text(text)
        case .image(let mime, let bytes): self = .image(base64: Base64.encode(bytes), mime: mime)
        case .link(let artifact):
            self = .resourceLink(
                ResourceLink(
                    uri: artifact.uri, name: artifact.name, mime: artifact.mime,
                    bytes: artifact.bytes))
        }
    }
}
