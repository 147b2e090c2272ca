// sandboa doctor: a real engine, looked at from outside and attacked from inside.

import Engine
import Jail
import Kernel
import Notation
import Wire

extension Program {
    /// Time for one attack, and its memory and scratch: small, so that bombs are quick.
    private static let attackMilliseconds: Int64 = 10_000
    private static let attackMemory: Int64 = 128 << 20
    private static let attackScratch: Int64 = 16 << 20

    func doctor(_ invocation: Invocation) throws -> ExitCode {
        let isAttacked = invocation.has(.attack)
        let engine = try engine(
            invocation,
            changing: { limits in
                guard isAttacked else { return }
                limits.memory = Self.attackMemory
                limits.scratch = Self.attackScratch
            }, readySlots: 1)
        // A missing wall is to be reported, with all the others: it must not stop this start.
        let required = engine.configuration.required
        let patient = Engine(engine.configuration.requiring([]))
        let examination = Examination(required: required, whyNoGroups: patient.missingGroups)
        var diagnosis = Diagnosis(walls: [], facts: facts(invocation, patient))
        try patient.start()
        defer { patient.end() }
        do throws(EngineError) {
            let raised = try patient.waitUntilReady()
            let probe = try probe(patient)
            diagnosis.facts["python"] = .string(probe.python)
            diagnosis.walls = examination.reports(
                raised: raised, evidence: try evidence(patient, probe, raised))
        } catch {
            diagnosis.walls = examination.reports(failure: error)
            terminal.fail("\(error)", fix: Examination.fix(of: error))
            show(diagnosis, invocation)
            return .environment
        }
        if isAttacked { diagnosis.attacks = try attack(patient) }
        show(diagnosis, invocation)
        return diagnosis.exitCode
    }

    private func show(_ diagnosis: Diagnosis, _ invocation: Invocation) {
        if invocation.has(.json) { return terminal.say(diagnosis.json) }
        terminal.say(diagnosis.text(width: terminal.width, style: terminal.style))
    }

    // MARK: Looking

    private func probe(_ engine: Engine) throws(EngineError) -> Probe {
        let limit = engine.configuration.profile.limits.wallMilliseconds
        let finished = try engine.run(
            RunRequest(job: Job(code: Probe.code), limitMilliseconds: limit), on: .std)
        defer { engine.release(finished, on: .std) }
        do throws(JSONError) { return try Probe(output: finished.outcome.output.text) } catch {
            throw EngineError(
                stage: "probe",
                message: "an ordinary run failed: "
                    + "\(finished.outcome.cause?.message ?? finished.outcome.errors.text)",
                fix: "reinstall: sandboa and sandboa-worker must be of one version")
        }
    }

    /// A worker is known from its fork on and then locks itself in, before it reads any job:
    /// what it has not given up after this long it will not.
    private static let lockDownMilliseconds: Int64 = 2_000
    private static let pauseMilliseconds: Int64 = 5

    private func evidence(
        _ engine: Engine, _ probe: Probe, _ raised: [ZygoteReport.RaisedWall]
    ) throws(EngineError) -> WorkerEvidence {
        let deadline = Moment.now.advanced(byMilliseconds: Self.lockDownMilliseconds)
        let walls = raised.compactMap { WallName(rawValue: $0.name) }
        do {
            while true {
                let evidence = try engine.inspectParked { pid throws(SystemError) in
                    try Self.evidence(of: pid, probe)
                }
                let isSettled = evidence.map { found in
                    walls.allSatisfy { found.objection(to: $0) == nil }
                }
                if let evidence, isSettled == true || Moment.now > deadline { return evidence }
                if Moment.now > deadline { break }
                var pause = Poller()
                _ = try pause.wait(
                    until: Moment.now.advanced(byMilliseconds: Self.pauseMilliseconds))
            }
        } catch {
            throw EngineError(stage: "looking at a worker", message: "\(error)", fix: "mount /proc")
        }
        throw EngineError(
            stage: "looking at a worker", message: "none is parked", fix: "try again")
    }

    private static func evidence(
        of pid: CInt, _ probe: Probe
    ) throws(SystemError) -> WorkerEvidence {
        var evidence = WorkerEvidence(
            status: try text("/proc/\(pid)/status"), limits: try text("/proc/\(pid)/limits"),
            groups: try text("/proc/\(pid)/cgroup"), namespaces: [:], ourNamespaces: [:])
        for kind in WorkerEvidence.namespaceKinds {
            evidence.ourNamespaces[kind] = Files.linkTarget("/proc/self/ns/\(kind)")
            evidence.namespaces[kind] =
                Files.linkTarget("/proc/\(pid)/ns/\(kind)") ?? probe.namespaces[kind]
        }
        return evidence
    }

    private static func text(_ path: String) throws(SystemError) -> String {
        String(decoding: try Files.contents(of: path, limit: 65_536), as: UTF8.self)
    }

    private func facts(_ invocation: Invocation, _ engine: Engine) -> JSONObject {
        var facts: JSONObject = [:]
        do throws(SystemError) {
            let kernel = try Self.text("/proc/sys/kernel/osrelease")
            facts["kernel"] = .string(kernel.split(separator: "\n").first.map(String.init) ?? "")
        } catch { facts["kernel"] = .string("unknown: \(error)") }
        facts["started as"] = .string(
            engine.configuration.startedAsRoot ? "root" : "user \(Processes.userIdentifier)")
        facts["landlock"] = .string(Landlock.abi > 0 ? "ABI \(Landlock.abi)" : "none")
        facts["control groups"] = .string(
            engine.groupVersion > 0 ? "version \(engine.groupVersion)" : "none")
        facts["python"] = .string("unknown")
        do {
            let environments = try environments(invocation)
            let states = environments.names.map { "\($0) \(environments.state($0).rawValue)" }
            facts["environments"] = .string(states.joined(separator: ", "))
        } catch { facts["environments"] = .string("unknown: \(error)") }
        return facts
    }

    // MARK: Attacking

    private func attack(_ engine: Engine) throws -> [Attack.Result] {
        let share = engine.configuration.installation.share
        return try Attack.all(in: "\(share)/sandbox/attacks").map { attack in
            let request = RunRequest(
                job: Job(code: attack.code), limitMilliseconds: Self.attackMilliseconds)
            let finished = try engine.run(request, on: .std)
            defer { engine.release(finished, on: .std) }
            return attack.judge(finished.outcome)
        }
    }
}
