// One environment's directory, looked at from outside: what version it is, what is wrong with it.
//
// INVARIANT: nothing of it is run, and no link in it is followed. The link to its interpreter is
// read as text; whether its target exists is asked only where that is no secret to a run.

internal import Kernel

/// How a directory is looked at as an environment.
struct EnvironmentExamination: Sendable {
    /// It is one by its pyvenv.cfg.
    var isVirtual: Bool
    /// The series that runs have, such as `3.11`; nil: not known.
    var ownSeries: String?
    /// Directories of environments found elsewhere: a virtual one may be made from theirs.
    var knownDirectories: Set<String> = []

    /// What was found.
    struct Findings: Hashable, Sendable {
        /// The interpreter's name beneath the directory; nil: there is none that works.
        var interpreter: String?
        var version: String?
        /// Its site-packages, step by step beneath the directory; nil: none that can be read.
        var packages: [String]?
        var includesSystemPackages = false
        var faults: [String] = []

        var fault: String? { faults.isEmpty ? nil : faults.joined(separator: " ") }
    }

    static let settingsFile = "pyvenv.cfg"
    /// Links from name to name within `bin` that are followed.
    private static let mostLinks = 8
    /// What every run can see anyway.
    private static let shownPlaces = ["/usr/", "/bin/"]

    /// `told`: the version by what the directory is called or lists, which is believed first.
    func examine(
        _ directory: borrowing ForeignDirectory, told: PythonVersion? = nil
    ) -> Findings {
        var findings = Findings()
        let settings = settings(of: directory, &findings)
        findings.includesSystemPackages = settings?.includesSystemPackages ?? false
        findInterpreter(in: directory, &findings)
        var version = told ?? settings?.version
        findPackages(in: directory, &version, &findings)
        judge(version, &findings)
        return findings
    }

    private func settings(
        of directory: borrowing ForeignDirectory, _ findings: inout Findings
    ) -> VirtualEnvironmentSettings? {
        let name = Self.settingsFile
        let limit = VirtualEnvironmentSettings.maximumBytes
        if !isVirtual, directory.kind(of: name) == nil { return nil }
        do throws(SystemError) {
            let settings = VirtualEnvironmentSettings(
                try directory.contents(of: name, limit: limit))
            if settings.home == nil {
                findings.faults.append("\(name) does not say where its Python is (`home`).")
            }
            return settings
        } catch {
            let reason =
                switch error.code {
                case ErrorCode.invalid: "it is no regular file"
                case ErrorCode.tooLarge: "it is longer than \(limit >> 10) KiB"
                default: error.reason
                }
            findings.faults.append("\(name) can't be read: \(reason).")
            return nil
        }
    }

    // MARK: The interpreter

    private func findInterpreter(
        in directory: borrowing ForeignDirectory, _ findings: inout Findings
    ) {
        do throws(SystemError) {
            let programs = try directory.directory("bin")
            let names = ["python3", "python"]
            guard let name = names.first(where: { programs.kind(of: $0) != nil }) else {
                findings.faults.append("bin/python3 is missing.")
                return
            }
            if let fault = fault(ofLink: name, in: programs) {
                findings.faults.append(fault)
            } else {
                findings.interpreter = "bin/\(name)"
            }
        } catch {
            findings.faults.append("bin can't be looked into: \(error.reason).")
        }
    }

    private func fault(
        ofLink first: String, in programs: borrowing ForeignDirectory
    ) -> String? {
        var name = first
        for _ in 0..<Self.mostLinks {
            switch programs.kind(of: name) {
            case .file: return nil
            case .link: break
            case nil: return "bin/\(first) leads to \(Notes.quote(name)), which does not exist."
            case .directory, .other: return "bin/\(first) leads to something that is no file."
            }
            guard let target = programs.linkTarget(name) else {
                return "bin/\(first) can't be read."
            }
            if target.contains("/") { return fault(ofTarget: target, first) }
            name = target
        }
        return "bin/\(first) leads through too many links."
    }

    private func fault(ofTarget target: String, _ name: String) -> String? {
        let quoted = Notes.quote(target)
        let steps = target.split(separator: "/", omittingEmptySubsequences: false)
        let isPlain = target.hasPrefix("/") && !steps.contains("..")
        let isShown = Self.shownPlaces.contains(where: target.hasPrefix)
        let isKnown = knownDirectories.contains { target.hasPrefix("\($0)/bin/") }
        guard isPlain, isShown || isKnown else {
            return "bin/\(name) leads to \(quoted), outside of what is looked at."
        }
        return Files.isExecutable(target)
            ? nil : "bin/\(name) leads to \(quoted), which does not exist or is no program."
    }

    // MARK: Its packages

    private func findPackages(
        in directory: borrowing ForeignDirectory, _ version: inout PythonVersion?,
        _ findings: inout Findings
    ) {
        do throws(SystemError) {
            let library = try directory.directory("lib")
            let all = try library.names().sorted().compactMap { name in
                PythonVersion(libraryDirectory: name).map { (name, $0) }
            }
            let fitting = all.filter { $0.1.series == version?.series }
            let candidates = (fitting.isEmpty ? all : fitting).filter { name, _ in
                Self.hasPackages(library, name)
            }
            guard let (name, series) = candidates.first else {
                findings.faults.append("There is no site-packages in its lib.")
                return
            }
            if version == nil, candidates.count > 1 {
                findings.faults.append("There are several Pythons in its lib.")
                return
            }
            version = version ?? series
            let packages = ["lib", name, "site-packages"]
            if try directory.directory(at: packages).isReadable {
                findings.packages = packages
            } else {
                findings.faults.append("Its site-packages can't be read.")
            }
        } catch {
            findings.faults.append("lib can't be looked into: \(error.reason).")
        }
    }

    private static func hasPackages(
        _ library: borrowing ForeignDirectory, _ name: String
    ) -> Bool {
        do throws(SystemError) {
            return try library.directory(name).kind(of: "site-packages") == .directory
        } catch { return false }
    }

    // MARK: The version

    private func judge(_ version: PythonVersion?, _ findings: inout Findings) {
        guard let version else {
            findings.faults.append("Its version can't be told.")
            return
        }
        findings.version = version.text
        if let ownSeries, ownSeries != version.series {
            findings.faults.append(
                "It is Python \(version.series), and runs have Python \(ownSeries): its packages "
                    + "can be listed, no code runs with them.")
        }
    }
}
