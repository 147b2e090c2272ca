// The files an engine is made from: the system call table, compiled, and our own Python.

internal import Jail
internal import Kernel
internal import Notation
internal import Synchronization
internal import Wire

/// Read and compiled on first use, by the thread that starts the engine: a client's `initialize`
/// does not wait for it.
final class EngineMaterial: Sendable {
    struct Loaded: Sendable {
        let filters: FilterStages
        let prelude: [TemplatePlan.Prelude]
    }

    private let sandbox: String
    private let filter: String
    private let showsWorkspace: Bool
    private let profilePath: String
    private let result = Mutex<Result<Loaded, EngineError>?>(nil)

    private static let maximumTableBytes = 1 << 20
    private static let maximumPreludeBytes = 256 * 1024
    private static let preludeNames = ["errors", "requirements", "rich"]

    init(sandbox: String, filter: String, showsWorkspace: Bool, profilePath: String) {
        self.sandbox = sandbox
        self.filter = filter
        self.showsWorkspace = showsWorkspace
        self.profilePath = profilePath
    }

    func loaded() throws(EngineError) -> Loaded {
        try result.withLock { known in
            if let known { return known }
            let fresh = load()
            known = fresh
            return fresh
        }.get()
    }

    private func load() -> Result<Loaded, EngineError> {
        do {
            let bytes = try Files.contents(
                of: "\(sandbox)/seccomp/x86_64.yaml", limit: Self.maximumTableBytes)
            let table = try SyscallTable(parsing: bytes)
            guard table.variants[filter] != nil else { return .failure(noSuchVariant(table)) }
            let variant = showsWorkspace ? try table.variantBesideWorkspace(filter) : filter
            return .success(
                Loaded(
                    filters: try FilterCompiler(table: table).stages(for: variant),
                    prelude: try readPrelude()))
        } catch {
            return .failure(
                EngineError(
                    stage: "installation", message: "\(error)",
                    fix: "the files under \(sandbox) are damaged: reinstall"))
        }
    }

    private func readPrelude() throws(SystemError) -> [TemplatePlan.Prelude] {
        var prelude: [TemplatePlan.Prelude] = []
        for name in Self.preludeNames {
            let source = try Files.contents(
                of: "\(sandbox)/prelude/\(name).py", limit: Self.maximumPreludeBytes)
            prelude.append(TemplatePlan.Prelude(name: name, source: source))
        }
        return prelude
    }

    private func noSuchVariant(_ table: SyscallTable) -> EngineError {
        let known = table.variants.keys.sorted().joined(separator: ", ")
        return EngineError(
            stage: profilePath,
            message: "filter: there is no variant '\(filter)' of the system call table; there are "
                + known,
            fix: "correct the profile; nothing was run", isOperatorMistake: true)
    }
}
