// One build of an environment, in a fresh directory that nobody uses yet.
//
// Only wheels, every one checked against the hash in the lock: nothing of a package runs while it
// is installed. pip sees no setting of the machine but how to reach an index.

internal import Kernel

/// Fills a fresh directory and stamps it.
struct EnvironmentBuilder {
    let name: String
    let lock: [UInt8]
    let lockPath: String
    /// The directory to fill; it does not exist yet.
    let fresh: String
    /// The lock file that serializes builds: children inherit it.
    let turn: CInt
    let progress: (String) -> Void

    /// How pip may reach an index, and whom it may trust on the way. What comes from there is
    /// judged by its hash. Find-links, extra options and Python's own variables stay out.
    static let passedVariables = [
        "PIP_INDEX_URL", "PIP_CERT", "PIP_CLIENT_CERT", "PIP_PROXY", "SSL_CERT_FILE",
        "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY",
        "https_proxy", "http_proxy", "no_proxy",
    ]

    private var packages: String { Environments.packages(in: fresh) }
    private var python: String { "\(fresh)/bin/python3" }
    private var log: String { "\(fresh)/.log" }
    /// HOME and TMPDIR of everything that runs here: gone when the build is.
    private var desk: String { "\(fresh)/.desk" }

    func build() throws {
        try require(Environments.python)
        try Files.makeDirectory(fresh)
        try Files.makeDirectory(desk)
        progress("\(name): making a Python environment")
        try run(Environments.python, ["-I", "-m", "venv", fresh])
        progress("\(name): installing what \(lockPath) lists, each file checked by its hash")
        try run(python, ["-I", "-m", "pip"] + Self.installation + [lockPath])
        // Runs have no use for an installer.
        try run(python, ["-I", "-m", "pip", "uninstall", "--quiet", "--yes", "pip", "setuptools"])
        progress("\(name): compiling")
        try compile()
        if Files.isDirectory("\(packages)/matplotlib") { try listFonts() }
        try Files.removeTree(desk)
        try Files.remove(log)
        try Files.replace("\(fresh)/sandboa-lock", with: lock, mode: 0o644)
    }

    private static let installation = [
        "install", "--quiet", "--no-input", "--no-cache-dir", "--disable-pip-version-check",
        "--retries", "2", "--require-hashes", "--only-binary", ":all:", "--no-deps",
        "--no-compile", "--requirement",
    ]

    // Workers cannot write bytecode. Two processes halve the time; the paths recorded are those
    // inside the walls. A file that does not compile is one that no program can import either.
    private func compile() throws {
        let arguments = [
            "-I", "-m", "compileall", "-q", "-q", "-j", "0",
            "--invalidation-mode", "unchecked-hash",
        ]
        let status = try status(
            of: python, arguments + ["-s", packages, "-p", "/sandbox/environment", packages])
        if status != .exited(code: 0) { progress("\(name): some files do not compile") }
    }

    // A second's work that a template would do at each start: the root's `configuration` is filled
    // from this directory (Jail/Walls/RootWall.swift).
    private func listFonts() throws {
        progress("\(name): listing fonts")
        let caches = "\(packages)/sandboa-configuration"
        try Files.makeDirectory(caches)
        let script = "import matplotlib.font_manager"
        try run(
            python, ["-I", "-W", "ignore", "-c", script],
            variables: ["MPLCONFIGDIR=\(caches)", "MPLBACKEND=Agg"])
    }

    // MARK: Programs

    private func require(_ program: String) throws(EngineError) {
        guard !Files.isExecutable(program) else { return }
        throw EngineError(
            stage: "environment", message: "\(program) is missing",
            fix: "apt-get install python3 python3-venv")
    }

    private func run(
        _ program: String, _ arguments: [String], variables: [String] = []
    ) throws {
        let ending = try status(of: program, arguments, variables: variables)
        if ending != .exited(code: 0) { throw failure() }
    }

    /// Runs a program to its end; what it says goes to the log.
    private func status(
        of program: String, _ arguments: [String], variables: [String] = []
    ) throws(SystemError) -> Ending {
        let null = try Files.open("/dev/null")
        let output = try Files.open(log, .append)
        // Workers are other users: whatever umask is in force, they must be able to read.
        let line = ["sh", "-c", "umask 022 && exec \"$@\"", "sh", program] + arguments
        let pid = try Processes.spawn(
            "/bin/sh", arguments: line, environment: environment + variables,
            descriptors: [null.raw, output.raw, output.raw, turn], directory: "/")
        guard let reaped = try Processes.wait(pid) else {
            preconditionFailure("a wait that blocks ends with a child")
        }
        return reaped.ending
    }

    private var environment: [String] {
        let passed = Self.passedVariables.compactMap { name in
            Environment.variable(name).map { "\(name)=\($0)" }
        }
        return ["PATH=/usr/bin:/bin", "HOME=\(desk)", "TMPDIR=\(desk)", "LANG=C.UTF-8"] + passed
    }

    private func failure() -> EngineError {
        let text: String
        do {
            text = String(decoding: try Files.contents(of: log, limit: 1 << 20), as: UTF8.self)
        } catch { return EngineError(stage: "environment", message: "\(error)", fix: "try again") }
        return BuildAdvice.error(name, log: text)
    }
}
