/// The commands under "Check it".
extension Command {
    static let doctor = Command(
        name: .doctor, group: .check,
        summary: "Say which walls hold here, and how to raise the rest",
        details: [
            "Tries every wall on this machine and shows whether it is in force; for one that is "
                + "missing, why, and what to do about it.",
            "With --attack it also runs escape attempts from inside a worker and shows what "
                + "stopped each of them. They are harmless where the walls hold.",
        ],
        options: [.attack, .home, .profile, .require, .json],
        examples: [
            Example(line: "sandboa doctor", purpose: "Before the first use"),
            Example(
                line: "sandboa doctor --attack --json",
                purpose: "Prove the walls, for a program to read"),
        ],
        exits: [
            Exit(.ok, "Every required wall holds, and every attack was stopped."),
            Exit(.failed, "An attack got through."),
            Exit(.usage), Exit(.environment, "A required wall is missing."),
        ])

    static let bench = Command(
        name: .bench, group: .check,
        summary: "Measure what a call costs",
        details: [
            "Measures calls beside a cold start of Python and a bare fork, in turns within one "
                + "run, and prints ratios: they travel between machines, times do not."
        ],
        options: [.rounds, .only, .json],
        examples: [
            Example(line: "sandboa bench", purpose: "Measure everything"),
            Example(
                line: "sandboa bench --rounds 500 --json",
                purpose: "More rounds, and figures for a program"),
        ],
        exits: [Exit(.ok), Exit(.failed), Exit(.usage), Exit(.environment)])

    static let demo = Command(
        name: .demo, group: .check,
        summary: "Watch kind and hostile code meet the walls",
        details: [
            "Starts the server and talks to it as a client does: ordinary code, an exception, "
                + "an endless loop, a memory bomb, a fork bomb, a look at the host's files and "
                + "a network connection. For each it shows the status, the time, and which wall "
                + "held. It needs no network."
        ],
        examples: [Example(line: "sandboa demo", purpose: "See what it does")],
        exits: [
            Exit(.ok), Exit(.failed, "A call did not end as it should."), Exit(.usage),
            Exit(.environment),
        ])
}
