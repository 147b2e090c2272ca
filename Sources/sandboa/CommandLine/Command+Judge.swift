/// The commands under "Judge it": policies and tools, without running anything.
extension Command {
    static let policyCheck = Command(
        name: .policyCheck, group: .judge,
        summary: "Say everything that is wrong or odd about a policy",
        details: [
            "Reads Intercept's YAML, PolicyLayer's policy.json and our own dialect. Prints every "
                + "error with file, line, column, key and what to write instead; then warns of "
                + "rules that never match, always match or are shadowed, of limits that others "
                + "make idle, of patterns without an anchor, and of unknown tools and arguments.",
            "A policy is a file, or one of ours by name: `default`, `strict`, `permissive`.",
        ],
        operands: [.policies], options: [.catalog, .dialect, .json],
        examples: [
            Example(line: "sandboa policy check policy.yaml", purpose: "Before using it"),
            Example(
                line: "sandboa policy check --dialect intercept policy.yaml",
                purpose: "As Intercept itself would read it"),
        ],
        exits: [
            Exit(.ok, "No error; there may be warnings."), Exit(.usage, "A policy is invalid."),
        ])

    static let policyEval = Command(
        name: .policyEval, group: .judge,
        summary: "Decide calls of a file, with counters from empty",
        details: [
            "Reads a call a line: `tool`, `arguments`, and where wanted `at` (a time such as "
                + "2026-01-15T10:00:00Z), `grant`, `session` and `client`. Without `at` the first "
                + "call is at 2026-01-15T10:00:00Z and each later one at the time before it. "
                + "Nothing runs, and no counter of a server is touched.",
            "With --json, prints a line a call: `decision` (allow, deny, require_approval or "
                + "hidden), `rule`, `reason`, and where it stands in the policy.",
        ],
        options: [.policy, .calls, .dialect, .json],
        examples: [
            Example(
                line: "sandboa policy eval --policy policy.yaml --calls calls.jsonl --json",
                purpose: "For a program to read"),
            Example(
                line: "echo '{\"tool\":\"conda\"}' | sandboa policy eval",
                purpose: "Ask the default policy about one call"),
        ],
        exits: [
            Exit(.ok, "Every call was decided, whichever way."),
            Exit(.usage, "The policy or a call can't be understood."),
        ])

    static let policyExplain = Command(
        name: .policyExplain, group: .judge,
        summary: "Show what each rule makes of one call",
        details: [
            "Prints the rules that concern the call in order: which apply, which hold, what was "
                + "found and what was wanted, and the verdict they come to."
        ],
        operands: [.anyTool, .toolArguments],
        options: [.policy, .arguments, .at, .dialect, .json],
        examples: [
            Example(
                line: "sandboa policy explain conda action=remove",
                purpose: "Why the default policy denies it")
        ],
        exits: [
            Exit(.ok, "The call is allowed, or waits for a person."), Exit(.usage), Exit(.denied),
        ])

    static let policyTest = Command(
        name: .policyTest, group: .judge,
        summary: "Run the tests that a policy brings",
        details: [
            "Decides the calls under `tests:` of a policy and compares decision and rule. "
                + "`sandboa policy coverage` shows what they reached."
        ],
        operands: [.policies], options: [.dialect, .junit, .json],
        examples: [Example(line: "sandboa policy test policy.yaml", purpose: "After a change")],
        exits: [Exit(.ok, "Every test passed."), Exit(.failed, "A test failed."), Exit(.usage)])

    static let policyCoverage = Command(
        name: .policyCoverage, group: .judge,
        summary: "Show which rules a policy's tests reach",
        details: [
            "For each rule how often it was asked, passed, asked a person and denied; and which "
                + "conditions were never seen both ways."
        ],
        operands: [.policies], options: [.dialect, .json],
        examples: [
            Example(line: "sandboa policy coverage policy.yaml", purpose: "What is untested")
        ],
        exits: [Exit(.ok), Exit(.usage)])

    static let policyDiff = Command(
        name: .policyDiff, group: .judge,
        summary: "Compare two policies, with calls that show it",
        details: [
            "Answers equivalent, stricter, looser or different for the second policy against "
                + "the first, with witness calls that `policy eval` confirms. Says so when not "
                + "every case could be tried."
        ],
        operands: [.firstPolicy, .secondPolicy], options: [.dialect, .json],
        examples: [
            Example(
                line: "sandboa policy diff default strict", purpose: "What strict takes away")
        ],
        exits: [
            Exit(.ok, "They are equivalent, as far as tried."), Exit(.failed, "They differ."),
            Exit(.usage),
        ])

    static let policyReplay = Command(
        name: .policyReplay, group: .judge,
        summary: "Say which past calls a policy would change",
        details: [
            "Judges the calls of the audit log anew, at the times they were made. A call whose "
                + "arguments the log does not hold, such as code, is judged only where they "
                + "can't matter; the rest is counted as open."
        ],
        options: [.policy, .dialect, .home, .json],
        examples: [
            Example(
                line: "sandboa policy replay --policy stricter.yaml",
                purpose: "Before a new policy is put in force")
        ],
        exits: [
            Exit(.ok, "Nothing would change, as far as can be judged."),
            Exit(.failed, "Some calls would."), Exit(.usage),
            Exit(.environment, "There is no log here."),
        ])

    static let policySuggest = Command(
        name: .policySuggest, group: .judge,
        summary: "Print the least policy that past calls needed",
        details: [
            "From the audit log: everything else is denied, arguments that always took one of a "
                + "few values may take those, and limits lie a little above what was seen."
        ],
        options: [.home],
        examples: [
            Example(line: "sandboa policy suggest > policy.yaml", purpose: "After a trial week")
        ],
        exits: [
            Exit(.ok), Exit(.failed), Exit(.usage), Exit(.environment, "There is no log here."),
        ])

    static let policyConvert = Command(
        name: .policyConvert, group: .judge,
        summary: "Print a policy in another language",
        details: ["Refuses, naming each thing, what the other language can't say."],
        operands: [.firstPolicy], options: [.to, .dialect],
        examples: [
            Example(
                line: "sandboa policy convert --to sandboa policy.json",
                purpose: "From policy.json to our own dialect")
        ],
        exits: [Exit(.ok), Exit(.failed, "Something can't be said."), Exit(.usage)])

    static let policyFormat = Command(
        name: .policyFormat, group: .judge,
        summary: "Print a policy in its canonical form",
        details: [
            "Comments at the top, above keys of the top and above tools are kept; a file with "
                + "others is refused, with their lines."
        ],
        operands: [.firstPolicy], options: [.write, .dialect],
        examples: [Example(line: "sandboa policy fmt --write policy.yaml", purpose: "In place")],
        exits: [Exit(.ok), Exit(.failed, "A comment can't be kept."), Exit(.usage)])

    static let classify = Command(
        name: .classify, group: .judge,
        summary: "Judge another server's tools by what they say",
        details: [
            "Reads the result of a server's `tools/list` and gives each tool a category (Read, "
                + "Write, Execute, Destructive, Financial), a risk, a severity and the evidence: "
                + "words of its name and description, and its arguments. Hints of the server "
                + "can raise a class, never lower it. What can't be told counts as Execute.",
            "With --suggest, prints a policy with the rule recommended for each class.",
        ],
        operands: [.listing], options: [.serverName, .suggest, .json],
        examples: [
            Example(line: "sandboa classify tools.json", purpose: "See what a server can do"),
            Example(
                line: "sandboa classify --suggest tools.json > policy.yaml",
                purpose: "Begin a policy for it"),
        ],
        exits: [Exit(.ok), Exit(.usage, "The file is no list of tools.")])

    static let auditVerify = Command(
        name: .auditVerify, group: .judge,
        summary: "Check that the audit log was not changed",
        details: [
            "Follows the chain of hashes through every file of the log and checks the signed "
                + "checkpoints when a public key is given. Says where the chain breaks first."
        ],
        options: [.home, .publicKey, .json],
        examples: [Example(line: "sandboa audit verify", purpose: "After an incident")],
        exits: [
            Exit(.ok, "The chain is whole."), Exit(.failed, "It is broken; the place is told."),
            Exit(.usage), Exit(.environment, "There is no log here."),
        ])

    static let auditTail = Command(
        name: .auditTail, group: .judge,
        summary: "Print the newest records of the audit log",
        details: ["Twenty of them, or as many as --last says, oldest first."],
        options: [.home, .last, .json],
        examples: [Example(line: "sandboa audit tail", purpose: "What happened just now")],
        exits: [Exit(.ok), Exit(.usage), Exit(.environment, "There is no log here.")])

    static let auditSearch = Command(
        name: .auditSearch, group: .judge,
        summary: "Find calls in the audit log",
        details: [
            "Prints the records that fit all of the conditions, oldest first. Besides calls, the "
                + "log holds messages that were refused before they became one: --kind refused."
        ],
        options: [
            .home, .ofKind, .ofTool, .ofDecision, .ofStatus, .since, .until, .containing, .last,
            .json,
        ],
        examples: [
            Example(line: "sandboa audit search --last 20", purpose: "The newest twenty"),
            Example(
                line: "sandboa audit search --decision deny --since 2026-01-15T00:00:00Z",
                purpose: "What was refused since then"),
        ],
        exits: [Exit(.ok), Exit(.usage), Exit(.environment, "There is no log here.")])

    static let auditExport = Command(
        name: .auditExport, group: .judge,
        summary: "Print the audit log for another system",
        details: ["As JSON lines, CSV, CEF or syslog lines of RFC 5424."],
        options: [.home, .exportFormat, .since, .until],
        examples: [
            Example(
                line: "sandboa audit export --format cef", purpose: "For a security monitor")
        ],
        exits: [Exit(.ok), Exit(.usage), Exit(.environment, "There is no log here.")])
}
