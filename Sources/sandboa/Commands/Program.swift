// The commands, and what they share: where files are, which profile, a started engine.

import Catalog
import Engine
import Gateway
import Jail
import Kernel
import Notation
import Wire

/// Runs one command.
struct Program: Sendable {
    let terminal: Terminal

    static let version = "0.1.0"

    /// The names that the command line can complete and check.
    static var vocabulary: Vocabulary {
        Vocabulary([
            .tools: Catalog.names, .toolSets: Catalog.sets.map(\.name),
            .walls: WallName.allCases.map(\.rawValue),
            .benchRows: BenchRow.allCases.map(\.rawValue),
        ])
    }

    func run(_ invocation: Invocation) -> ExitCode {
        do {
            return try perform(invocation)
        } catch let error as EngineError {
            terminal.fail("\(error)", fix: error.fix)
            return error.isOperatorMistake ? .usage : .environment
        } catch let error as ProfileError {
            terminal.fail("\(error)", fix: "correct the profile; nothing was run")
            return .usage
        } catch {
            terminal.fail("\(error)", fix: "run `sandboa doctor`")
            return .environment
        }
    }

    private func perform(_ invocation: Invocation) throws -> ExitCode {
        switch invocation.command {
        case .serve: return try serve(invocation)
        case .exec: return try exec(invocation)
        case .repl: return try repl(invocation)
        case .call: return try call(invocation)
        case .tools: return try listTools(invocation)
        case .config: return try printConfiguration(invocation)
        case .completions: return printCompletions(invocation)
        case .man: return printManual()
        case .version: return printVersion(invocation)
        case .help:
            let page = HelpPage(width: terminal.width, style: terminal.style)
            terminal.say(page.text(on: invocation.topic))
            return .ok
        case .bench: return try bench(invocation)
        case .envList: return try listEnvironments(invocation)
        case .envBuild: return try buildEnvironment(invocation)
        case .envRemove: return try removeEnvironment(invocation)
        case .envStatus: return try describeEnvironment(invocation)
        case .envPackages: return try listPackages(invocation)
        case .policyCheck: return try checkPolicies(invocation)
        case .policyEval: return try evaluatePolicy(invocation)
        case .policyExplain: return try explainPolicy(invocation)
        case .policyTest: return try testPolicies(invocation)
        case .policyCoverage: return try coverPolicies(invocation)
        case .policyDiff: return try comparePolicies(invocation)
        case .policyReplay: return try replayPolicy(invocation)
        case .policySuggest: return try suggestPolicy(invocation)
        case .policyConvert: return try convertPolicy(invocation)
        case .policyFormat: return try formatPolicy(invocation)
        case .classify: return try classify(invocation)
        case .auditVerify: return try verifyAudit(invocation)
        case .auditTail: return try tailAudit(invocation)
        case .auditSearch: return try searchAudit(invocation)
        case .auditExport: return try exportAudit(invocation)
        case .doctor: return try doctor(invocation)
        case .demo: return try demo()
        }
    }

    // MARK: What commands share

    /// Where state lives: `--home`, or the XDG state directory.
    func home(_ invocation: Invocation) throws(EngineError) -> String {
        if let home = invocation.text(.home) { return home }
        if let state = Environment.variable("XDG_STATE_HOME"), state.hasPrefix("/") {
            return "\(state)/sandboa"
        }
        if let user = Environment.variable("HOME"), user.hasPrefix("/") {
            return "\(user)/.local/state/sandboa"
        }
        throw EngineError(
            stage: "home", message: "neither --home nor XDG_STATE_HOME nor HOME is set",
            fix: "say where state may live: --home DIR")
    }

    /// Where data files are: walls, policies.
    func share() throws(EngineError) -> String { try Installation.find().share }

    /// The profile by name: the operator's file when one was given, else ours.
    func profile(
        _ name: String, _ invocation: Invocation, _ installation: Installation
    ) throws(ProfileError) -> Profile {
        let given = replacedProfiles(invocation).first { $0.name == name }?.text
        let path = given ?? "\(installation.share)/sandbox/profiles/\(name).yaml"
        let profile = try Profile.load(path)
        guard profile.name == name else {
            throw ProfileError(
                path: path, place: nil,
                problem: "name: the file is the profile '\(profile.name)', given for '\(name)'")
        }
        return profile
    }

    /// An engine for a profile, not yet started.
    func engine(
        _ invocation: Invocation, named name: String = "compute",
        changing change: (inout Limits) -> Void = { _ in }, readySlots: Int? = nil
    ) throws -> Engine {
        let installation = try Installation.find()
        var profile = try profile(name, invocation, installation)
        change(&profile.limits)
        if let readySlots { profile.readySlots = readySlots }
        return try engine(profile, invocation, installation)
    }

    private func engine(
        _ profile: Profile, _ invocation: Invocation, _ installation: Installation
    ) throws -> Engine {
        let environments = Environments(
            home: try home(invocation), installation: installation)
        let required = invocation.names(.require).map { names in
            Set(names.compactMap(WallName.init(rawValue:)))
        }
        return Engine(
            EngineConfiguration(
                installation: installation, profile: profile,
                environment: environments.packages("data"), required: required,
                workspace: try workspace(invocation, installation)))
    }

    /// The engines of a server: this one, and others as calls need them.
    func shelf(
        _ first: Engine, _ invocation: Invocation, readySlots: Int? = nil
    ) throws -> EngineShelf {
        let installation = try Installation.find()
        return EngineShelf(first) { name in
            var profile = try self.profile(name, invocation, installation)
            if let readySlots { profile.readySlots = readySlots }
            return profile
        } making: { profile in
            try self.engine(profile, invocation, installation)
        }
    }
}
