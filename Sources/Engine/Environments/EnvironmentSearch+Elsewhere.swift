// Pythons that the user has from pyenv and conda. They are listed; the programs are not asked.

internal import Kernel
internal import Notation

extension EnvironmentSearch {
    // MARK: pyenv

    /// A directory per version; pyenv's plugin for virtual environments adds links to them.
    func findPyenv(_ found: inout Found) {
        guard let root = places.pyenvVersions, Files.isDirectory(root) else { return }
        do throws(SystemError) {
            let versions = try ForeignDirectory(root)
            for name in try versions.names().sorted() {
                guard found.budget.spend() else {
                    found.notes.add("There is too much in \(Notes.quote(root)).")
                    return
                }
                switch versions.kind(of: name) {
                case .directory: addPyenv(name, at: [name], versions, root, &found)
                case .link:
                    let target = versions.linkTarget(name) ?? ""
                    if let steps = Self.steps(of: target, beneath: root) {
                        addPyenv(name, at: steps, versions, root, &found)
                    } else {
                        found.notes.add("pyenv's \(Notes.quote(name)) leads somewhere else.")
                    }
                case .file, .other, nil: continue
                }
            }
        } catch {
            found.notes.add("pyenv's versions can't be read: \(error.reason).")
        }
    }

    private func addPyenv(
        _ name: String, at steps: [String], _ versions: borrowing ForeignDirectory,
        _ root: String, _ found: inout Found
    ) {
        let shown = "pyenv:\(name.printable)"
        let place = ([root] + steps).joined(separator: "/")
        do throws(SystemError) {
            let directory = try versions.directory(at: steps)
            let examination = EnvironmentExamination(
                isVirtual: false, ownSeries: embedded.series, knownDirectories: found.directories)
            let findings = examination.examine(directory, told: PythonVersion(name))
            found.directories.insert(place)
            found.add(
                FoundEnvironment(name: shown, kind: .pyenv, root: root, steps: steps, findings))
        } catch {
            let fault = "It can't be looked into: \(error.reason)."
            found.add(FoundEnvironment(missing: shown, kind: .pyenv, at: place, fault: fault))
        }
    }

    /// The steps from `root` to where a link in it leads; nil when that is not beneath.
    static func steps(of target: String, beneath root: String) -> [String]? {
        var path = Substring(target)
        if path.hasPrefix("/") {
            guard path.hasPrefix("\(root)/") else { return nil }
            path = path.dropFirst(root.count + 1)
        }
        let steps = path.split(separator: "/").map(String.init).filter { $0 != "." }
        return steps.isEmpty || steps.contains("..") ? nil : steps
    }

    // MARK: conda

    private static let maximumListBytes = 64 << 10

    /// conda notes the path of every environment it makes, and forgets none.
    func findConda(_ found: inout Found) {
        guard let path = places.condaList, Files.exists(path) else { return }
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try Files.contents(of: path, limit: Self.maximumListBytes)
        } catch {
            return found.notes.add("conda's list of environments can't be read: \(error.reason).")
        }
        var seen: Set<String> = []
        for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
            var prefix = line
            while prefix.count > 1, prefix.hasSuffix("/") { prefix = prefix.dropLast() }
            guard prefix.hasPrefix("/"), prefix.count > 1,
                seen.insert(String(prefix)).inserted
            else { continue }
            guard found.budget.spend() else {
                return found.notes.add("conda lists too many environments.")
            }
            addConda(String(prefix), &found)
        }
    }

    private func addConda(_ prefix: String, _ found: inout Found) {
        let name = Self.condaName(prefix)
        let other = "conda:\(prefix.printable)"
        do throws(SystemError) {
            let directory = try ForeignDirectory(prefix)
            let records = try directory.directory("conda-meta")
            let versions = try records.names().compactMap(Self.pythonVersion)
            var findings = EnvironmentExamination(isVirtual: false, ownSeries: embedded.series)
                .examine(directory, told: versions.count == 1 ? versions[0] : nil)
            if records.kind(of: "history") != .file {
                findings.faults.append("conda-meta/history is missing.")
            }
            found.directories.insert(prefix)
            found.add(
                FoundEnvironment(name: name, kind: .conda, root: prefix, steps: [], findings),
                orAs: other)
        } catch {
            let fault = "conda lists it, but it can't be looked into: \(error.reason)."
            found.add(
                FoundEnvironment(missing: name, kind: .conda, at: prefix, fault: fault),
                orAs: other)
        }
    }

    /// `ROOT/envs/NAME` is `conda:NAME`; the root itself, which holds the others, `conda-base`.
    private static func condaName(_ prefix: String) -> String {
        let steps = prefix.split(separator: "/").map(String.init)
        let name = steps[steps.count - 1]
        if steps.dropLast().last != "envs",
            name == "base" || Files.isDirectory("\(prefix)/condabin")
        {
            return "conda-base"
        }
        return "conda:\(name.printable)"
    }

    /// From the name of a package's record, `python-3.11.5-h955ad1f_0.json`.
    private static func pythonVersion(_ record: String) -> PythonVersion? {
        let parts = record.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "python", parts[2].hasSuffix(".json") else {
            return nil
        }
        return PythonVersion(String(parts[1]))
    }
}
