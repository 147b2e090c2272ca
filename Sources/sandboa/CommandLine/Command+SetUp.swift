/// The commands under "Set it up".
extension Command {
    static let config = Command(
        name: .config, group: .setUp,
        summary: "Print what makes an MCP client start sandboa",
        details: [
            "Prints the entry for the client's configuration, with the absolute path of this "
                + "program, on standard output; on standard error, the file it belongs in."
        ],
        operands: [.client],
        options: [.json],
        examples: [
            Example(line: "sandboa config claude-desktop", purpose: "For Claude Desktop"),
            Example(line: "sandboa config vscode > .vscode/mcp.json", purpose: "For one project"),
        ],
        exits: [Exit(.ok), Exit(.usage)])

    static let envList = Command(
        name: .envList, group: .setUp,
        summary: "List the Python environments",
        details: [
            "An environment is a Python with packages: the one that runs have (`system`), those "
                + "that sandboa prepares, pyenv's, conda's, and virtual environments in the "
                + "workspace.",
            "Nothing that is found is run; what is wrong with one of them is said.",
        ],
        options: [.workspace, .home, .json],
        examples: [
            Example(line: "sandboa env list", purpose: "See which there are"),
            Example(
                line: "sandboa env list --workspace ~/project",
                purpose: "And the virtual environments of a project"),
        ],
        exits: [Exit(.ok), Exit(.usage), Exit(.environment)])

    static let envPackages = Command(
        name: .envPackages, group: .setUp,
        summary: "List what is installed in an environment",
        details: [
            "Where runs can see the environment, Python reads its packages' metadata behind the "
                + "walls and imports none of them. Of all others only the names of the metadata "
                + "are read; the answer says which it was."
        ],
        operands: [.anyEnvironment],
        options: [.workspace, .home, .profile, .require, .json],
        examples: [
            Example(line: "sandboa env packages data", purpose: "What can a run import?"),
            Example(
                line: "sandboa env packages --workspace ~/project .venv --json",
                purpose: "A project's own packages, as JSON"),
        ],
        exits: [
            Exit(.ok), Exit(.failed, "They can't be told, and why."),
            Exit(.usage, "There is no such environment."), Exit(.environment),
        ])

    static let envBuild = Command(
        name: .envBuild, group: .setUp,
        summary: "Prepare an environment from its lock file",
        details: [
            "Installs exactly the packages of the lock file, each checked against its hash. "
                + "This is the one command that uses the network. An environment that is "
                + "already as its lock file says is left alone."
        ],
        operands: [.environment],
        options: [.home, .json],
        examples: [
            Example(line: "sandboa env build data", purpose: "numpy, pandas and matplotlib")
        ],
        exits: [Exit(.ok), Exit(.failed), Exit(.usage), Exit(.environment)])

    static let envRemove = Command(
        name: .envRemove, group: .setUp,
        summary: "Delete an environment",
        details: ["Deletes what `sandboa env build` made; the lock file stays."],
        operands: [.environment],
        options: [.home, .json],
        examples: [Example(line: "sandboa env remove data", purpose: "Free the space")],
        exits: [Exit(.ok), Exit(.failed), Exit(.usage)])

    static let envStatus = Command(
        name: .envStatus, group: .setUp,
        summary: "Say whether an environment is ready",
        details: ["Shows where the environment is and whether it agrees with its lock file."],
        operands: [.environment],
        options: [.home, .json],
        examples: [Example(line: "sandboa env status data", purpose: "Is it ready?")],
        exits: [
            Exit(.ok, "It is ready."), Exit(.usage),
            Exit(.environment, "It is missing or not as its lock file says."),
        ])

    static let completions = Command(
        name: .completions, group: .setUp,
        summary: "Print completions for a shell",
        details: ["Prints a script that makes the shell complete commands, options and values."],
        operands: [.shell],
        examples: [
            Example(
                line: "source <(sandboa completions bash)",
                purpose: "bash: now; put it in ~/.bashrc to keep it"),
            Example(
                line: "sandboa completions zsh > ~/.zfunc/_sandboa",
                purpose: "zsh: into a directory of $fpath"),
            Example(
                line: "sandboa completions fish > ~/.config/fish/completions/sandboa.fish",
                purpose: "fish: for good"),
        ],
        exits: [Exit(.ok), Exit(.usage)])

    static let man = Command(
        name: .man, group: .setUp,
        summary: "Print the man page",
        details: ["Prints the page sandboa(1) in roff, ready to be installed or read."],
        examples: [
            Example(line: "sandboa man | man -l -", purpose: "Read it"),
            Example(
                line: "sandboa man > /usr/local/share/man/man1/sandboa.1",
                purpose: "Install it"),
        ],
        exits: [Exit(.ok), Exit(.usage)])

    static let help = Command(
        name: .help, group: .setUp,
        summary: "Explain a command",
        details: ["The same as --help behind the command."],
        operands: [.topic],
        examples: [
            Example(line: "sandboa help exec", purpose: "Explain one command"),
            Example(line: "sandboa help env", purpose: "Explain a family of commands"),
        ],
        exits: [Exit(.ok), Exit(.usage)])

    static let version = Command(
        name: .version, group: .setUp,
        summary: "Print the version",
        details: ["The same as --version without a command."],
        options: [.json],
        examples: [Example(line: "sandboa version", purpose: "For a bug report")],
        exits: [Exit(.ok), Exit(.usage)])
}
