import Ledger

/// Every option of every command. A constant here is both the declaration and the key a
/// command reads the value with: `invocation.duration(.timeout)`.
///
/// The ranges are what can be meant at all; the ceilings of a profile are applied by the engine,
/// which clamps and says so.
extension Option {
    private static let aDay = Duration.seconds(86_400)
    private static let kibibyte: Int64 = 1 << 10
    private static let mebibyte: Int64 = 1 << 20
    private static let tebibyte: Int64 = 1 << 40

    // Every command that answers with data has it.
    static let json = Option(
        name: "json", kind: .flag, summary: "Answer in JSON, for programs")

    // What is offered and where state lives.
    static let toolSelection = Option(
        name: "tools", kind: .names([.toolSets, .tools]), placeholder: "SET|NAME,...",
        summary: "Offer this set of tools, or these tools; without it, all")
    static let home = Option(
        name: "home", kind: .directory, placeholder: "DIR",
        summary: "Keep state in DIR, not in the XDG state directory")
    static let workspace = Option(
        name: "workspace", kind: .directory, placeholder: "DIR",
        summary: "The one directory of yours that calls may see")
    static let profile = Option(
        name: "profile", kind: .namedFile, placeholder: "NAME=FILE",
        summary: "Use FILE for the profile NAME; may be repeated",
        repeats: true)
    static let runProfile = Option(
        name: "profile", kind: .nameOrNamedFile, placeholder: "NAME[=FILE]",
        summary: "Run under the profile NAME; without it, under compute")
    static let require = Option(
        name: "require", kind: .names([.walls]), placeholder: "WALL,...",
        summary: "Insist on these walls, in place of our list")

    // The limits of a run.
    static let timeout = Option(
        name: "timeout", kind: .duration(.milliseconds(1)...aDay), placeholder: "TIME",
        summary: "Stop the run after TIME on the clock, such as 10s")
    static let cpu = Option(
        name: "cpu", kind: .duration(.milliseconds(1)...aDay), placeholder: "TIME",
        summary: "Stop the run after TIME of processor time")
    static let memory = Option(
        name: "memory", kind: .size(mebibyte...tebibyte), placeholder: "SIZE",
        summary: "Let the run hold at most SIZE of memory, such as 256MiB")
    static let processes = Option(
        name: "processes", kind: .integer(1...100_000), placeholder: "N",
        summary: "Let at most N processes and threads exist at once")
    static let openFiles = Option(
        name: "open-files", kind: .integer(8...1_000_000), placeholder: "N",
        summary: "Let a process hold at most N open files")
    static let fileSize = Option(
        name: "file-size", kind: .size(0...tebibyte), placeholder: "SIZE",
        summary: "Let no file grow beyond SIZE")
    static let scratch = Option(
        name: "scratch", kind: .size(kibibyte...tebibyte), placeholder: "SIZE",
        summary: "Give the run SIZE of scratch space for files")
    static let output = Option(
        name: "output", kind: .size(0...tebibyte), placeholder: "SIZE",
        summary: "Keep at most SIZE of what the run prints")

    static let divergences = Option(
        name: "divergences", kind: .flag,
        summary: "List where tools differ from upstream's on purpose")
    // Sessions.
    static let sessionCount = Option(
        name: "sessions", kind: .integer(1...1024), placeholder: "N",
        summary: "Let at most N sessions exist at once")
    static let sessionIdle = Option(
        name: "session-idle", kind: .duration(.milliseconds(1)...aDay), placeholder: "TIME",
        summary: "End a session nobody has used for TIME")

    static let template = Option(
        name: "template", kind: .choice(["auto", "std", "sci"]), placeholder: "NAME",
        summary: "auto (by imports), std, or sci (with numpy, pandas)")
    static let arguments = Option(
        name: "arguments", kind: .object, placeholder: "JSON",
        summary: "The arguments as one JSON object, in place of KEY=VALUE",
        replaces: "KEY=VALUE")

    // Policies, counters and the log.
    static let policy = Option(
        name: "policy", kind: .text, placeholder: "FILE",
        summary: "Judge by FILE, or by default, strict or permissive")
    static let dialect = Option(
        name: "dialect", kind: .choice(["intercept", "json", "sandboa"]), placeholder: "NAME",
        summary: "Read the policy as this; intercept: as Intercept does")
    static let calls = Option(
        name: "calls", kind: .text, placeholder: "FILE",
        summary: "The calls, a JSON object a line; without it, from input")
    static let catalog = Option(
        name: "catalog", kind: .flag,
        summary: "Also check names of tools and arguments: sandboa's own")
    static let to = Option(
        name: "to", kind: .choice(["intercept", "json", "sandboa"]), placeholder: "NAME",
        summary: "The language to write: without it, sandboa")
    static let write = Option(
        name: "write", kind: .flag, summary: "Write the file over instead of printing")
    static let junit = Option(
        name: "junit", kind: .flag, summary: "Answer in JUnit's XML, for build servers")
    static let state = Option(
        name: "state", kind: .text, placeholder: "STORE",
        summary: "Count in sqlite, memory, or redis://HOST:PORT/DB")
    static let stateFail = Option(
        name: "state-fail", kind: .choice(["closed", "open"]), placeholder: "MODE",
        summary: "When Redis is gone: closed denies, open lets pass")
    static let auditFail = Option(
        name: "audit-fail", kind: .choice(["deny", "continue"]), placeholder: "MODE",
        summary: "When the log can't be written: deny calls, or continue")
    static let auditKey = Option(
        name: "audit-key", kind: .file, placeholder: "FILE",
        summary: "Sign the log's checkpoints with this Ed25519 key")
    static let publicKey = Option(
        name: "public-key", kind: .file, placeholder: "FILE",
        summary: "Check the signatures with this Ed25519 key")
    static let serverName = Option(
        name: "server", kind: .text, placeholder: "NAME",
        summary: "The server's name: it says nothing about its tools")
    static let suggest = Option(
        name: "suggest", kind: .flag, summary: "Print a policy for these tools")
    static let at = Option(
        name: "at", kind: .text, placeholder: "TIME",
        summary: "Made at TIME; without it, at 2026-01-15T10:00:00Z")
    static let ofKind = Option(
        name: "kind", kind: .choice(AuditRecord.Kind.allCases.map(\.rawValue)),
        placeholder: "WORD", summary: "Records of this kind, such as decided or refused")
    static let ofTool = Option(
        name: "tool", kind: .text, placeholder: "NAME", summary: "Calls of this tool")
    static let ofDecision = Option(
        name: "decision", kind: .text, placeholder: "WORD",
        summary: "allow, deny, require_approval, hidden or invalid")
    static let ofStatus = Option(
        name: "status", kind: .text, placeholder: "WORD",
        summary: "Calls that ended so, such as ok, error or timeout")
    static let since = Option(
        name: "since", kind: .text, placeholder: "TIME",
        summary: "From this time on, such as 2026-01-15T10:00:00Z")
    static let until = Option(
        name: "until", kind: .text, placeholder: "TIME", summary: "Before this time")
    static let containing = Option(
        name: "text", kind: .text, placeholder: "TEXT", summary: "Records that contain TEXT")
    static let last = Option(
        name: "last", kind: .integer(1...1_000_000), placeholder: "N",
        summary: "Only the newest N")
    static let exportFormat = Option(
        name: "format", kind: .choice(["jsonl", "csv", "cef", "syslog"]), placeholder: "NAME",
        summary: "jsonl, csv, cef or syslog; without it, jsonl")

    // Checks.
    static let attack = Option(
        name: "attack", kind: .flag,
        summary: "Also try to escape, from inside, and show what stops it")
    static let rounds = Option(
        name: "rounds", kind: .integer(1...1_000_000), placeholder: "N",
        summary: "Measure each row N times")
    static let only = Option(
        name: "only", kind: .names([.benchRows]), placeholder: "ROW,...",
        summary: "Measure these rows only")
}
