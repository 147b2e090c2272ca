// What the supervisor tells the dynamic loader of a zygote.

/// Environment variables between supervisor and zygote; workers do not see them.
package enum LoaderVariable {
    /// Makes the loader look up every symbol at start, for all later forks.
    package static let bindNow = "LD_BIND_NOW"
}
