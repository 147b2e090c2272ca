// Work that needs no program of the caller's: files, sessions, environments.

internal import Catalog
internal import Engine
internal import Jail
internal import Kernel
internal import Notation
internal import Policies
internal import Wire
internal import Workspace

extension Workshop {
    // MARK: Files

    private func workspace() throws(Refusal) -> Workspace {
        if let workspace = rooms.workspace { return workspace }
        throw Refusal(
            "no_workspace",
            "This server has no workspace. Its operator can give it one: --workspace DIR.")
    }

    func answer(_ request: FileRequest) throws -> FileAnswer {
        let workspace = try workspace()
        switch request {
        case .read(let path, let maximumBytes):
            let file = try workspace.read(path, maximumBytes: maximumBytes)
            return .content(FileContent(path: file.path, bytes: file.bytes))
        case .write(let path, let bytes, let overwrite):
            let file = try workspace.write(path, bytes, overwrite: overwrite)
            return .written(path: file.path, bytes: file.bytes, isNew: file.isNew)
        case .list(let path):
            let found = try workspace.list(path)
            let files = found.files.map {
                FileListing.File(
                    path: $0.printable, bytes: $0.size,
                    modified: $0.modifiedNanoseconds.dividedDown(by: 1_000_000_000))
            }
            return .listing(
                FileListing(directory: found.directory, files: files, isCut: found.isCut))
        }
    }

    /// Fetches a program's file, saves its source, and finds its environment, as it asks.
    func prepare(_ execution: Execution) throws -> Execution {
        var prepared = execution
        if let name = execution.environment { try find(name) }
        if let path = execution.file {
            let workspace = try workspace()
            let file = try workspace.read(path, maximumBytes: Int64(Job.maximumCodeBytes))
            guard let code = String(validating: file.bytes, as: UTF8.self) else {
                throw Refusal(
                    "unsupported", "\(file.path.printable) is not UTF-8: save it as UTF-8.")
            }
            prepared.job.code = code
            prepared.job.filename = file.path
            prepared.job.directory = workspace.path
            let parent = file.path.split(separator: "/", omittingEmptySubsequences: false)
                .dropLast().joined(separator: "/")
            prepared.job.searchPath = parent.isEmpty ? "/" : parent
        }
        if let path = execution.saveAs {
            _ = try workspace().write(path, Array(execution.job.code.utf8), overwrite: true)
        }
        return prepared
    }

    // MARK: Sessions

    func answer(_ request: SessionRequest, _ owner: String) throws -> SessionAnswer {
        switch request {
        case .list: return .sessions(sessions.list(owner: owner))
        case .clear(let id):
            try sessions.clear(id, owner: owner)
            return .cleared(id)
        case .checkpoint(let id, let label):
            return .checkpoint(try sessions.checkpoint(id, label: label, owner: owner))
        case .rollback(let id, let snapshot):
            let state = try sessions.rollback(id, to: snapshot, owner: owner)
            return .rolledBack(state, to: try origin(of: state, owner))
        case .branch(let id, let snapshot, let name):
            let state = try sessions.branch(id, from: snapshot, into: name, owner: owner)
            return .branched(state, from: try origin(of: state, owner))
        case .tree(let id): return .tree(try sessions.tree(id, owner: owner))
        case .history(let id): return .history(id, try sessions.history(id, owner: owner))
        }
    }

    /// The snapshot that a session has just been forked from.
    private func origin(of state: SessionState, _ owner: String) throws -> SnapshotState {
        let tree = try sessions.tree(state.id, owner: owner)
        guard let origin = tree.snapshots.first(where: { $0.id == state.origin }) else {
            throw Refusal("not_found", "the session '\(state.id)' has just been ended")
        }
        return origin
    }

    // MARK: Environments

    private func search() throws(Refusal) -> EnvironmentSearch {
        if let search = rooms.environments { return search() }
        throw Refusal("unsupported", "This server does not look for environments.")
    }

    /// Programs run in the embedded Python. Another one's packages can't be had yet.
    private func find(_ name: String) throws {
        let found = try search().environment(named: name)
        throw Refusal(
            "unsupported",
            "'\(found.name.printable)' is there (\(found.kind.rawValue), "
                + "\(found.version ?? "version unknown")), and programs can't run in it yet. Use "
                + "`system`, or `data` where it is built.")
    }

    func answer(
        _ request: EnvironmentRequest, _ plan: Plan, _ call: Pipeline.Call,
        _ engine: () throws -> Engine
    ) throws -> EnvironmentAnswer {
        switch request {
        case .list:
            let found = try search().list()
            return .environments(found.environments, notes: found.notes)
        case .packages(let name):
            let listing = try packages(of: name, plan, call, engine)
            return .packages(
                of: listing.environment, listing.packages, notes: listing.notes)
        }
    }

    private func packages(
        of name: String, _ plan: Plan, _ call: Pipeline.Call, _ engine: () throws -> Engine
    ) throws -> PackageListing {
        let engine = try engine()
        let configuration = engine.configuration
        let showsWorkspace = configuration.profile.workspace != .none
        let view = RunView(
            environment: configuration.environment,
            workspace: showsWorkspace ? configuration.workspace : nil)
        switch try search().packages(of: name, seenBy: view) {
        case .listing(let listing): return listing
        case .question(let question):
            let limit = min(plan.limits.wallMilliseconds, PackageQuestion.limitMilliseconds)
            var request = RunRequest(
                job: question.job, limitMilliseconds: limit, since: call.startedAt,
                cancellation: call.cancellation)
            request.underWay = call.underWay
            let finished = try engine.run(request, on: .std)
            defer { engine.release(finished, on: .std) }
            return try question.listing(from: finished.outcome)
        }
    }
}
