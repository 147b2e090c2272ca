// What a tool says, as the protocol shows it.

internal import Catalog
internal import MCP

extension Content {
    init(_ part: Reply.Part) {
        switch part {
        case .text(let text): self = .text(text)
        }
    }
}
