/// How long, and by whom, a list may be kept: the two fields 2026-07-28 puts on lists.
package struct CacheHint: Hashable, Sendable {
    package enum Scope: String, Sendable {
        /// The same for every caller.
        case `public`
        /// Depends on who asks.
        case `private`
    }

    package var milliseconds: Int64
    package var scope: Scope

    package init(milliseconds: Int64, scope: Scope) {
        precondition(milliseconds >= 0, "a time to live is not negative")
        self.milliseconds = milliseconds
        self.scope = scope
    }

    /// Five minutes, one caller. What is offered is fixed for a process, but policy may show two
    /// callers two lists, and a server is restarted with other options sooner than in an hour.
    package static let standard = CacheHint(milliseconds: 300_000, scope: .private)

    /// Not at all: the next answer may be another one.
    package static let never = CacheHint(milliseconds: 0, scope: .private)
}
