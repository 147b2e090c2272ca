/// The one list of commands. The parser, help, completions and the man page read it, so they
/// can't disagree; adding a command is a case of `CommandName` and an entry here.
enum CommandTable {
    static let commands: [Command] = [
        .serve, .exec, .repl, .call, .tools,
        .policyCheck, .policyEval, .policyExplain, .policyTest, .policyCoverage,
        .policyDiff,
        .policyReplay, .policySuggest, .policyConvert, .policyFormat,
        .classify,
        .auditVerify, .auditTail, .auditSearch, .auditExport,
        .doctor, .bench, .demo,
        .config, .envList, .envBuild, .envRemove, .envStatus, .envPackages,
        .completions, .man, .help, .version,
    ]

    static let families = [
        Family(word: "policy", summary: "Judge policies and calls without running anything"),
        Family(word: "audit", summary: "Read and check the log of calls"),
        Family(word: "env", summary: "Find and prepare Python environments"),
    ]

    static func command(_ name: CommandName) -> Command {
        guard let command = commands.first(where: { $0.name == name }) else {
            preconditionFailure("The command table has no entry for `\(name.rawValue)`.")
        }
        return command
    }

    static func commands(in group: Command.Group) -> [Command] {
        commands.filter { $0.group == group }
    }

    static func isFamily(_ word: String) -> Bool {
        families.contains { $0.word == word }
    }

    static func summary(ofFirstWord word: String) -> String {
        if let family = families.first(where: { $0.word == word }) { return family.summary }
        guard let command = commands.first(where: { $0.name.words == [word] }) else {
            preconditionFailure("No command begins with `\(word)`.")
        }
        return command.summary
    }

    /// The commands whose first word is `family`.
    static func commands(ofFamily family: String) -> [Command] {
        commands.filter { $0.name.words.count > 1 && $0.name.words[0] == family }
    }

    /// What may stand first on a command line.
    static let firstWords: [String] = {
        var seen: [String] = []
        for word in commands.map({ $0.name.words[0] }) where !seen.contains(word) {
            seen.append(word)
        }
        return seen
    }()
}
