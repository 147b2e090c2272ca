import Testing

/// A line that must be refused, and what the refusal must say.
struct Refusal: Sendable, CustomTestStringConvertible {
    let line: String
    let message: String
    var advice: String?

    init(_ line: String, _ message: String, _ advice: String? = nil) {
        self.line = line
        self.message = message
        self.advice = advice
    }

    var testDescription: String { line }

    static let all = [
        Refusal("exce", "there is no command `exce`.", "Did you mean `sandboa exec`?"),
        Refusal("zzzzz", "there is no command `zzzzz`."),
        Refusal("Serve", "there is no command `Serve`.", "Did you mean `sandboa serve`?"),
        Refusal("exec", "FILE is missing.", "FILE: The Python program to run."),
        Refusal("call", "TOOL is missing.", "TOOL: The tool to call; `sandboa tools` lists them."),
        Refusal(
            "exec a.py b", "`b` is one word too many.",
            "ARGUMENTs of the program go behind `--`."),
        Refusal("doctor now", "`now` is one word too many."),
        Refusal("doctor -- now", "`now` is one word too many."),
        Refusal(
            "exec --timout 5s a", "`exec` has no option --timout.", "Did you mean --timeout?"),
        Refusal(
            "exec --process=5 a", "`exec` has no option --process.", "Did you mean --processes?"),
        Refusal("exec -j a", "`exec` has no option -j."),
        Refusal("serve --json", "`serve` has no option --json."),
        Refusal("--json serve", "`serve` has no option --json."),
        Refusal("demo --fast", "`demo` has no option --fast.", "It has none."),
        Refusal("exec --json --json a", "--json is given twice.", "Leave one out."),
        Refusal("exec --cpu 1s --cpu=1s a", "--cpu is given twice.", "Leave one out."),
        Refusal("exec --json=yes a", "--json takes no value.", "Leave out `=yes`."),
        Refusal("exec a --processes", "--processes needs a value: N."),
        Refusal("exec a --processes -- b", "--processes needs a value: N."),
        Refusal(
            "exec --processes -5 a", "--processes needs a value: N.",
            "If `-5` is the value, write --processes=-5"),
        Refusal(
            "exec --timeout 0s a", "--timeout must be from 1ms to 24h, not `0s`."),
        Refusal(
            "exec --timeout 25h a", "--timeout must be from 1ms to 24h, not `25h`."),
        Refusal(
            "exec --memory 1B a", "--memory must be from 1MiB to 1TiB, not `1B`."),
        Refusal(
            "exec --processes=0 a",
            "--processes must be a whole number from 1 to 100000, not `0`."),
        Refusal(
            "exec --processes=+1 a",
            "--processes must be a whole number from 1 to 100000, not `+1`."),
        Refusal(
            "exec --processes=99999999999999999999 a",
            "--processes must be a whole number from 1 to 100000, not `99999999999999999999`."),
        Refusal(
            "exec --template sciy a", "--template must be one of auto, std, sci, not `sciy`.",
            "Did you mean sci?"),
        Refusal("exec --home= a", "--home must not be empty."),
        Refusal(
            "serve --tools cor", "--tools names no set of tools or tool `cor`.",
            "Did you mean core?"),
        Refusal("serve --tools core,core", "--tools holds `core` twice.", "Leave one out."),
        Refusal(
            "serve --tools core,,all", "--tools holds ``, which is no name.",
            "A name is 1 to 64 letters, digits, `_` and `-`."),
        Refusal(
            "doctor --require walls", "--require names no wall `walls`.",
            "Known: seccomp, landlock, cgroups."),
        Refusal(
            "serve --profile compute", "--profile must be written NAME=FILE, not `compute`."),
        Refusal("serve --profile =x", "--profile must be written NAME=FILE, not `=x`."),
        Refusal("serve --profile compute=", "--profile must not be empty."),
        Refusal(
            "call python_exec", "TOOL names no tool `python_exec`.",
            "Did you mean python_execute?"),
        Refusal(
            "call python_execute code",
            "KEY=VALUE must be written KEY=VALUE, not `code`.",
            "Put quotes around it if the value has spaces: 'code=print(1)'."),
        Refusal(
            "call python_execute a=1 a=2", "KEY=VALUE gives `a` twice.", "Leave one out."),
        Refusal(
            "call python_execute a=1 --arguments {}",
            "--arguments and KEY=VALUE can't be given together.",
            "Put everything into --arguments."),
        Refusal(
            "call python_execute --arguments []",
            "--arguments must be a JSON object, such as '{\"code\": \"1 + 1\"}'."),
        Refusal(
            "env", "`env` needs to know what to do.",
            "Say one of: list, build, remove, status, packages."),
        Refusal(
            "env --json list", "`env` needs to know what to do.",
            "Say one of: list, build, remove, status, packages."),
        Refusal("env biuld", "`env` has no command `biuld`.", "Did you mean `sandboa env build`?"),
        Refusal(
            "env build", "NAME is missing.",
            "NAME: The environment; `sandboa env list` shows them."),
        Refusal("help me", "there is no command `me`."),
        Refusal("help exec me", "`exec` has no part `me` to explain."),
        Refusal(
            "--tools core serve", "no option --tools can stand in front of the command.",
            "Options go behind the command they belong to."),
        Refusal(
            "config vsc",
            "CLIENT must be one of claude-desktop, claude-code, cursor, vscode, codex, gemini, "
                + "python-sdk, not `vsc`.", "Did you mean vscode?"),
    ]
}
