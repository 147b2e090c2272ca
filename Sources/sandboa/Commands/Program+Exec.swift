// sandboa exec: a file behind the walls, from the shell.

import Catalog
import Engine
import Jail
import Kernel
import Notation
import Wire

extension Program {
    func exec(_ invocation: Invocation) throws -> ExitCode {
        let path = invocation.text(.program)
        let code: [UInt8]
        do throws(SystemError) {
            code =
                path == "-"
                ? try readAll(0) : try Files.contents(of: path, limit: Job.maximumCodeBytes)
        } catch {
            terminal.fail("\(path): \(error.reason)", fix: "name a Python file, or - for input")
            return .usage
        }
        guard let text = String(validating: code, as: UTF8.self) else {
            terminal.fail("\(path) is not UTF-8", fix: "save it as UTF-8")
            return .usage
        }
        let engine = try engine(
            invocation, named: invocation.pair(.runProfile)?.name ?? "compute",
            changing: { apply(invocation, to: &$0) }, readySlots: 1)
        try engine.start()
        defer { engine.end() }
        _ = try engine.waitUntilReady()
        let limits = engine.configuration.profile.limits
        var job = Job(code: text)
        name(&job, path, engine.configuration.shownWorkspace)
        job.isScript = true
        job.readsInlineMetadata = true
        let arguments = invocation.texts(.programArguments)
        if !arguments.isEmpty { job.arguments = JSON.array(arguments.map { .string($0) }).bytes }
        var request = RunRequest(job: job, limitMilliseconds: limits.wallMilliseconds)
        if path != "-" { request.input = 0 }
        if !invocation.has(.json) { request.listener = terminal.listener() }
        let template = template(invocation, text, engine)
        let finished = try engine.run(request, on: template)
        let plan = Plan(.run(Execution(job, on: template)), limits: limits)
        report(finished.outcome, plan, asJSON: invocation.has(.json))
        return exitCode(finished.outcome)
    }

    /// A program that lies in the workspace is there inside, too, with the modules beside it. Any
    /// other has only its name.
    private func name(_ job: inout Job, _ path: String, _ shown: SharedDirectory?) {
        job.filename = String(path.split(separator: "/").last ?? "main.py")
        guard let shown, path != "-" else { return }
        let whole: String
        do throws(SystemError) { whole = try Files.canonicalPath(of: path) } catch { return }
        guard WorkspaceWall.contains(shown.path, whole), let slash = whole.lastIndex(of: "/")
        else { return }
        job.filename = whole
        job.searchPath = String(whole[..<slash])
    }

    /// Lowers or raises the profile's limits as the operator at the shell says.
    private func apply(_ invocation: Invocation, to limits: inout Limits) {
        if let time = invocation.duration(.timeout) {
            limits.wallMilliseconds = time.milliseconds
            limits.wallCeilingMilliseconds = max(limits.wallCeilingMilliseconds, time.milliseconds)
        }
        if let time = invocation.duration(.cpu) {
            limits.cpuSeconds = max(1, (time.milliseconds + 999) / 1000)
        }
        if let bytes = invocation.size(.memory) {
            limits.memory = bytes
            limits.addressSpace = max(limits.addressSpace, 4 * bytes)
        }
        if let count = invocation.integer(.processes) { limits.processes = count }
        if let count = invocation.integer(.openFiles) { limits.openFiles = count }
        if let bytes = invocation.size(.fileSize) { limits.fileSize = bytes }
        if let bytes = invocation.size(.scratch) { limits.scratch = bytes }
        if let bytes = invocation.size(.output) { limits.output = bytes }
    }

    private func template(
        _ invocation: Invocation, _ code: String, _ engine: Engine
    ) -> TemplateName {
        if let name = invocation.text(.template).flatMap(TemplateName.init(rawValue:)) {
            return name
        }
        return ImportScan.wantsData(code) && engine.configuration.environment != nil ? .sci : .std
    }

    private func report(_ outcome: Outcome, _ plan: Plan, asJSON: Bool) {
        let reply = ExecutionReply(Ran(outcome), plan).reply
        if asJSON { return terminal.say(.object(reply.structured)) }
        guard outcome.status != .ok else { return }
        if let traceback = outcome.report?.traceback { terminal.complain(traceback) }
        if let cause = outcome.cause, cause.type != "SystemExit" {
            terminal.fail("\(outcome.status.rawValue): \(cause.message)")
        } else if outcome.report?.traceback == nil, outcome.cause?.type != "SystemExit" {
            terminal.fail(reply.structured["error"]?["message"]?.asString ?? "failed")
        }
    }

    func exitCode(_ outcome: Outcome) -> ExitCode {
        switch outcome.status {
        case .ok: .ok
        case .timeout, .memory: .limit
        case .killed where outcome.cause?.type == "OutputLimit": .limit
        case .denied: .denied
        case .error, .killed, .crashed, .cancelled: .failed
        }
    }

    private func readAll(_ raw: CInt) throws(SystemError) -> [UInt8] {
        let input = try Files.duplicate(raw)
        var bytes: [UInt8] = []
        while bytes.count <= Job.maximumCodeBytes {
            let part = try input.read(limit: 65_536)
            if part.isEmpty { return bytes }
            bytes += part
        }
        throw SystemError("read", code: 27)
    }
}

extension Duration {
    /// Whole milliseconds, at least one for any time at all.
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }
}
