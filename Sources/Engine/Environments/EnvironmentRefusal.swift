// Why a question about an environment has no answer, for somebody who can act on it.

/// Nothing was done, and nothing is broken on our side.
package struct EnvironmentRefusal: Error, Hashable, Sendable {
    /// One word for programs.
    package enum Code: String, Hashable, Sendable {
        case notFound = "not_found"
        /// It is there, and what was asked of it can't be told.
        case unreadable
        /// A limit stopped whoever was to tell it.
        case limit
    }

    package let code: Code
    /// What is the matter and what to do next, in printable text.
    package let reason: String

    init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }
}
