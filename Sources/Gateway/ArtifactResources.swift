// What calls left, to be read by whoever made them.

package import Engine
package import MCP
internal import Notation

/// `sandboa://artifact/…`: files and long output of runs, while they are kept.
package struct ArtifactResources: ResourceSource {
    private let store: ArtifactStore

    package init(_ store: ArtifactStore) { self.store = store }

    package var prefixes: [String] { [ArtifactStore.scheme] }

    package func listings(for caller: Caller) -> [ResourceListing] {
        store.listing(for: caller.identity).map {
            ResourceListing(
                uri: $0.uri, name: $0.name, title: nil, description: nil, mime: $0.mime,
                bytes: $0.bytes)
        }
    }

    package func templates(for caller: Caller) -> [ResourceTemplateListing] { [] }

    package func read(
        _ uri: String, for caller: Caller, _ cancellation: Cancellation
    ) -> ResourceRead {
        switch store.read(uri, for: caller.identity) {
        case .notFound: return .notFound
        case .refused(let reason): return .refused(reason)
        case .contents(let contents):
            let body: ResourceContents.Body =
                contents.isText
                ? .text(String(decoding: contents.bytes, as: UTF8.self))
                : .blob(base64: Base64.encode(contents.bytes))
            return .contents([ResourceContents(uri: uri, mime: contents.mime, body: body)])
        }
    }

    package func complete(
        _ template: String, _ argument: String, prefix: String, for caller: Caller
    ) -> [String] { [] }
}
