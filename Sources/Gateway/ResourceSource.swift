// Who has resources.

package import Engine
package import MCP

/// Lists and reads the resources whose URIs begin with its prefixes.
///
/// INVARIANT: a URI is a name, not a permission. Whoever is asked looks at the caller each time.
package protocol ResourceSource: Sendable {
    /// What its URIs and its templates begin with, scheme included, such as `python://packages/`.
    var prefixes: [String] { get }

    /// The resources there are now, for this caller. What a template covers need not be listed.
    func listings(for caller: Caller) -> [ResourceListing]

    func templates(for caller: Caller) -> [ResourceTemplateListing]

    /// Reads a resource, on a thread that may be kept for as long as it takes. Stops early when
    /// `cancellation` is cancelled; then nobody waits for the answer.
    func read(
        _ uri: String, for caller: Caller, _ cancellation: Cancellation
    ) -> ResourceRead

    /// Values of an argument of one of its templates that go on from `prefix`, the best first.
    func complete(
        _ template: String, _ argument: String, prefix: String, for caller: Caller
    ) -> [String]
}
