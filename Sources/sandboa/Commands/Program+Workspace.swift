// The workspace as the operator names it: a directory, and none that holds sandboa itself.

import Engine
import Jail
import Kernel

extension Program {
    /// What `--workspace` says, absolute and canonical; nil: nothing.
    ///
    /// A directory that holds our own programs, state or rules is refused: a run that may write
    /// there could replace what guards it.
    func workspace(
        _ invocation: Invocation, _ installation: Installation
    ) throws(EngineError) -> String? {
        guard invocation.accepts(.workspace), let given = invocation.text(.workspace) else {
            return nil
        }
        let path: String
        do throws(SystemError) { path = try Files.canonicalPath(of: given) } catch {
            throw Self.mistake("\(given): \(error.reason)", "name a directory that is there")
        }
        guard Files.isDirectory(path) else {
            throw Self.mistake("\(given): Not a directory", "name a directory")
        }
        if let objection = WorkspaceWall.objection(to: path) {
            throw Self.mistake("\(given): \(objection)", "name another directory")
        }
        for (what, file) in try guardians(invocation, installation)
        where WorkspaceWall.contains(path, Self.canonical(file)) {
            throw Self.mistake(
                "\(given) holds \(what) (\(file)), which runs must not be able to change",
                "name a directory without it, or move it elsewhere")
        }
        return path
    }

    /// What a run must never write: our files by what they are.
    private func guardians(
        _ invocation: Invocation, _ installation: Installation
    ) throws(EngineError) -> [(what: String, file: String)] {
        var files: [(what: String, file: String)] = [
            ("sandboa's state", try home(invocation)), ("sandboa", installation.program),
            ("sandboa's worker", installation.worker), ("sandboa's walls", installation.share),
        ]
        for (option, what) in [(Option.policy, "the policy"), (.auditKey, "the signing key")]
        where invocation.accepts(option) {
            if let file = invocation.text(option), Files.exists(file) { files.append((what, file)) }
        }
        for profile in replacedProfiles(invocation) {
            files.append(("the profile \(profile.name)", profile.text))
        }
        return files
    }

    /// The profiles that the operator gives files for.
    func replacedProfiles(_ invocation: Invocation) -> [Pair] {
        if invocation.accepts(.profile) { return invocation.pairs(.profile) }
        guard invocation.accepts(.runProfile), let chosen = invocation.pair(.runProfile) else {
            return []
        }
        return chosen.text.isEmpty ? [] : [chosen]
    }

    /// A path as the kernel would see it, if need be by the part of it that is there.
    private static func canonical(_ path: String) -> String {
        do throws(SystemError) { return try Files.canonicalPath(of: path) } catch {
            guard let slash = path.lastIndex(of: "/") else { return canonical("./") + "/" + path }
            let parent = slash == path.startIndex ? "/" : String(path[..<slash])
            return path == "/" || path == "./"
                ? path : canonical(parent) + "/" + path[path.index(after: slash)...]
        }
    }

    private static func mistake(_ message: String, _ fix: String) -> EngineError {
        EngineError(stage: "workspace", message: message, fix: fix, isOperatorMistake: true)
    }
}
