/// What the table says about one system call.
package enum SyscallRuling: Hashable, Sendable {
    /// Whatever the arguments are.
    case always(FilterAction)
    /// The first rule whose conditions all hold decides; if none does, `otherwise`.
    case byArguments([ArgumentRule], otherwise: FilterAction)
}
