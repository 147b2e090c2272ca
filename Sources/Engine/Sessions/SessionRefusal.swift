// Why a session can't do what was asked of it.

/// A failure the caller can do something about; the reason says what to type next.
package struct SessionRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: String, Hashable, Sendable, CaseIterable {
        case notFound = "not_found"
        case limit
        case busy
        case unsupported
    }

    package let code: Code
    package let reason: String

    package init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    package var description: String { reason }
}
