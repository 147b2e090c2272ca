/// What the program's exit status says. The numbers are a promise to scripts: they never change.
enum ExitCode: Int32, CaseIterable, Sendable {
    case ok = 0
    case failed = 1
    case usage = 2
    case denied = 3
    case limit = 4
    case environment = 5

    /// What the status means when a command has nothing more exact to say.
    var meaning: String {
        switch self {
        case .ok: "It worked."
        case .failed: "It did not work; standard error says why."
        case .usage: "The command line or a file it names can't be understood; nothing was run."
        case .denied: "Policy refused the call."
        case .limit: "A limit stopped the run: time, memory, processes, files or output."
        case .environment: "This machine can't do it: a wall, Python or a package is missing."
        }
    }
}
