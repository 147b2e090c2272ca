// What came of reading a resource.

package import MCP

package enum ResourceRead: Sendable {
    /// At least one part; `caching` says how long the client may keep them.
    case contents([ResourceContents], caching: CacheHint = .never)
    /// There is none of that URI, or it is not for this caller.
    case notFound
    /// It is there and can't be had now; a sentence for the client that says why, and what to do.
    case refused(String)
}
