import Catalog

/// The commands under "Use it".
extension Command {
    static let serve = Command(
        name: .serve, group: .use,
        summary: "Speak MCP on standard input and output",
        details: [
            "Started by an MCP client, not by hand: it reads requests from standard input and "
                + "answers on standard output until the input ends. Each call runs in a fresh "
                + "Python process behind kernel walls.",
            "If a wall that is required can't be raised, it doesn't start, and says which wall, "
                + "why, and what to do. `sandboa doctor` tells the same ahead of time.",
        ],
        options: [
            .toolSelection, .policy, .dialect, .state, .stateFail, .auditFail, .auditKey, .home,
            .workspace, .sessionCount, .sessionIdle, .profile, .require,
        ],
        examples: [
            Example(
                line: "sandboa config claude-code",
                purpose: "Print what makes a client start the server"),
            Example(
                line: "sandboa serve --tools \(Catalog.example)",
                purpose: "Offer a single tool"),
        ],
        exits: [
            Exit(.ok, "The input ended, or the server was told to stop."),
            Exit(.failed), Exit(.usage),
            Exit(.environment, "A required wall or Python is missing; no call was answered."),
        ])

    static let exec = Command(
        name: .exec, group: .use,
        summary: "Run a Python file behind the walls",
        details: [
            "The program sees no host files, no network and no other process. What it prints "
                + "appears on standard output and standard error.",
            "Limits that are not given are those of the profile: `compute`, or another. Under "
                + "`interpreter` a program may start others, and use the workspace.",
            "It is your own command: no policy is asked, and nothing is logged.",
        ],
        operands: [.program, .programArguments],
        options: [
            .timeout, .cpu, .memory, .processes, .openFiles, .fileSize, .scratch, .output,
            .template, .home, .workspace, .runProfile, .require, .json,
        ],
        examples: [
            Example(
                line: "sandboa exec --timeout 2s --memory 128MiB guess.py",
                purpose: "Run a program under tighter limits"),
            Example(
                line: "sandboa exec report.py -- --year 2026",
                purpose: "Hand arguments to the program"),
            Example(
                line: "sandboa exec --profile interpreter --workspace . build.py",
                purpose: "Let a program start others, and change files here"),
            Example(
                line: "sandboa exec --json guess.py",
                purpose: "Print status, output, usage and limits as JSON"),
        ],
        exits: [
            Exit(.ok, "The program ran to its end."),
            Exit(.failed, "It raised, exited with another status than 0, or crashed."),
            Exit(.usage), Exit(.limit), Exit(.environment),
        ])

    static let repl = Command(
        name: .repl, group: .use,
        summary: "Type Python into sessions that can go back in time",
        details: [
            "Reads cells from standard input and prints what they print and their value. A cell is "
                + "a line, or a block up to a blank line. Names stay from cell to cell.",
            "`:checkpoint` remembers the session as it is, `:rollback` goes back there, `:branch` "
                + "begins another session from there; `:help` lists the rest.",
            "Sessions see what the profile `interpreter` shows, and end with the input. Files in "
                + "scratch space are not rolled back. With --json each answer is one line.",
        ],
        options: [
            .timeout, .memory, .processes, .template, .sessionCount, .sessionIdle, .home,
            .profile, .require, .json,
        ],
        examples: [
            Example(line: "sandboa repl", purpose: "Try things out, behind the walls"),
            Example(
                line: "sandboa repl --json --timeout 5s",
                purpose: "Let a program drive it, a line at a time"),
        ],
        exits: [
            Exit(.ok, "The input ended."), Exit(.usage), Exit(.environment),
        ])

    static let call = Command(
        name: .call, group: .use,
        summary: "Call one tool and print its result",
        details: [
            "Does what a client's `tools/call` does, with the same checks and walls, and prints "
                + "the text of the result; with --json, the whole result.",
            "Arguments are written KEY=VALUE, or all together with --arguments.",
        ],
        operands: [.tool, .toolArguments],
        options: [
            .arguments, .timeout, .policy, .dialect, .state, .stateFail, .auditFail, .auditKey,
            .home, .workspace, .profile, .require, .json,
        ],
        examples: [
            Example(
                line: "sandboa call \(Catalog.example) code='print(6 * 7)'",
                purpose: "Run a line of Python"),
            Example(
                line: "sandboa call \(Catalog.example) --json "
                    + "--arguments '{\"code\": \"2 ** 100\"}'",
                purpose: "Give and get JSON"),
        ],
        exits: [
            Exit(.ok), Exit(.failed, "The tool answered with an error."), Exit(.usage),
            Exit(.denied), Exit(.limit), Exit(.environment),
        ])

    static let tools = Command(
        name: .tools, group: .use,
        summary: "List the tools, what calls do, and what policy says",
        details: [
            "Shows each tool's published category, what its calls really do by their arguments, "
                + "the risk, the profile and the verdict of a policy; with --json, its schemas "
                + "too.",
            "With TOOL, also its arguments, and where it differs from the upstream server's tool "
                + "of that name.",
        ],
        operands: [.tools],
        options: [.divergences, .policy, .dialect, .json],
        examples: [
            Example(line: "sandboa tools", purpose: "See what a client can call"),
            Example(line: "sandboa tools --policy strict", purpose: "And what strict makes of it"),
            Example(line: "sandboa tools \(Catalog.example)", purpose: "Read all about one"),
        ],
        exits: [Exit(.ok), Exit(.usage)])
}
