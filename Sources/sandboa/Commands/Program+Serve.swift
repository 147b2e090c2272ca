// sandboa serve: MCP on standard input and output.

import Catalog
import Engine
import Gateway
import Kernel
import MCP
import Synchronization

/// A failed start, told once, whichever thread finds out first.
private final class StartFailure: Sendable {
    private let terminal: Mutex<Terminal>

    init(_ terminal: Terminal) { self.terminal = Mutex(terminal) }

    func endProgram(_ error: EngineError, _ engine: Engine) -> Never {
        terminal.withLock { terminal in
            terminal.fail("\(error)", fix: error.fix)
            engine.end()
            let status: ExitCode = error.isOperatorMistake ? .usage : .environment
            Processes.exit(status.rawValue)
        }
    }
}

extension Program {
    static let instructions = """
        Runs Python in isolated, throw-away processes: no network, no host files, nothing kept \
        between calls. A result says how the run ended (status), what it printed, and which \
        limit or wall stopped it, if any.
        """

    func serve(_ invocation: Invocation) throws -> ExitCode {
        let tools: [any Tool.Type]
        do throws(ToolError) {
            tools = try Catalog.select(invocation.names(.toolSelection) ?? ["all"])
        } catch {
            terminal.fail(error.description, fix: "run `sandboa tools` to see the names")
            return .usage
        }
        guard let services = try services(invocation) else { return .usage }
        let engine = try engine(invocation)
        let shelf = try shelf(engine, invocation)
        let encoder = Encoder(
            server: ServerDescription(
                name: "sandboa", title: "sandboa", version: Self.version,
                instructions: Self.instructions),
            offer: [.tools, .resources, .prompts, .completions, .tasks])
        let workshop = try workshop(shelf, invocation)
        let pipeline = try Pipeline(
            tools, workshop: workshop, judge: services.judge, chronicle: services.chronicle)
        let profiles = ProfileResources(pipeline.profiles) { try shelf.profile($0) }
        var sources: [any ResourceSource] = [profiles, ToolResources(pipeline, workshop)]
        if let artifacts = workshop.artifacts { sources.append(ArtifactResources(artifacts)) }
        let server = try StdioServer(
            pipeline, encoder: encoder, resources: ResourceRoom(sources))
        try engine.start()
        try follow(services)
        let failure = StartFailure(terminal)
        try endWhenStartFails(engine, failure)
        let ending = try server.serve()
        if case .inputEnded = ending {
            // A client that is gone at once must not hide that this machine cannot serve.
            if let error = engine.startFailure(until: .now.advanced(byMilliseconds: 900)) {
                failure.endProgram(error, engine)
            }
        }
        workshop.end()
        if case .signaled(let signal) = ending {
            terminal.complain("sandboa: stopped by \(Signal.name(signal))\n")
        }
        // At once: calls that were stopped still unwind on their threads, and what the counters
        // would tidy up on leaving is safe as it is.
        Processes.exit(ExitCode.ok.rawValue)
    }

    /// `initialize` is answered while the walls go up; one that cannot be raised ends the server.
    private func endWhenStartFails(
        _ engine: Engine, _ failure: StartFailure
    ) throws(SystemError) {
        try Threads.start {
            do throws(EngineError) { _ = try engine.waitUntilReady() } catch {
                failure.endProgram(error, engine)
            }
        }
    }
}
