// Which variant holds where runs see a workspace.

extension SyscallTable {
    private static let suffix = "-workspace"

    /// The variant `name`, or the one beside it that is meant for runs that see a workspace.
    ///
    /// Sockets of the host may lie in a workspace, and only the call itself can be refused. So a
    /// variant that lets programs connect needs one beside it that says how that is met; without
    /// it there is an error.
    package func variantBesideWorkspace(
        _ name: String
    ) throws(SyscallTableError) -> String {
        let beside = name + Self.suffix
        if variants[beside] != nil { return beside }
        let rulings = try rulings(for: name)
        let connect = syscall(named: "connect").flatMap { rulings[$0.number] }
        guard case .always(let action) = connect, action != .allow else {
            throw SyscallTableError(
                place: [.member("variants"), .member(name)],
                problem: "lets programs connect, also to sockets of the host in a workspace: add a "
                    + "variant \(beside)")
        }
        return name
    }
}
