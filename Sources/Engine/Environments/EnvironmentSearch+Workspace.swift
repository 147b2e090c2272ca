// Virtual environments in the workspace, whose every byte may be hostile.

internal import Kernel
internal import Notation

extension EnvironmentSearch {
    /// How far below the workspace a virtual environment is found, in directories.
    static let mostLevels = 3

    /// Level by level, so that `.venv` is found before anything that lies deep; not inside of an
    /// environment, and not through links.
    func findVirtual(in workspace: String, _ found: inout Found) {
        let examination = EnvironmentExamination(
            isVirtual: true, ownSeries: embedded.series, knownDirectories: found.directories)
        var unread = 0
        var isCut = false
        do throws(SystemError) {
            let root = try ForeignDirectory(workspace)
            var waiting: [[String]] = [[]]
            var next = 0
            while next < waiting.count, !found.budget.isOverdue {
                let steps = waiting[next]
                next += 1
                do throws(SystemError) {
                    let directory = try root.directory(at: steps)
                    if directory.kind(of: EnvironmentExamination.settingsFile) != nil {
                        add(examination.examine(directory), at: steps, in: workspace, &found)
                    } else if steps.count < Self.mostLevels, !isCut {
                        let inside = try Self.directories(in: directory, &found.budget)
                        waiting += inside.names.map { steps + [$0] }
                        isCut = inside.isCut
                    }
                } catch { unread += 1 }
            }
            if isCut || next < waiting.count { found.notes.add(Self.cut) }
        } catch {
            found.notes.add("The workspace can't be looked into: \(error.reason).")
        }
        if unread > 0 { found.notes.add("Directories that can't be looked into: \(unread).") }
    }

    private static let cut = "The workspace is large: not all of its directories were looked at."

    private func add(
        _ findings: EnvironmentExamination.Findings, at steps: [String], in workspace: String,
        _ found: inout Found
    ) {
        let path = steps.isEmpty ? "." : steps.joined(separator: "/").printable
        found.add(
            FoundEnvironment(
                name: path, kind: .venv, root: workspace, steps: steps, findings),
            orAs: "./\(path)")
    }

    private static func directories(
        in directory: borrowing ForeignDirectory, _ budget: inout SearchBudget
    ) throws(SystemError) -> (names: [String], isCut: Bool) {
        var names: [String] = []
        for name in try directory.names().sorted() {
            guard budget.spend() else { return (names, true) }
            if directory.kind(of: name) == .directory { names.append(name) }
        }
        return (names, false)
    }
}
