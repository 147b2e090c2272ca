/// Every operand of every command; like an option, a constant is declaration and key in one.
extension Operand {
    static let program = Operand(
        name: "FILE", kind: .file, count: .once, summary: "The Python program to run")
    static let programArguments = Operand(
        name: "ARGUMENT", kind: .text, count: .anyBehindDashes,
        summary: "Handed to the program as its own arguments")
    static let tool = Operand(
        name: "TOOL", kind: .name([.tools]), count: .once,
        summary: "The tool to call; `sandboa tools` lists them")
    static let tools = Operand(
        name: "TOOL", kind: .name([.tools]), count: .any,
        summary: "Show this tool in full; without it, all of them in a line each")
    static let toolArguments = Operand(
        name: "KEY=VALUE", kind: .pair, count: .any,
        summary: "An argument of the tool; its schema decides how VALUE is read")
    static let policies = Operand(
        name: "POLICY", kind: .text, count: .any,
        summary: "A policy file, or default, strict or permissive")
    static let firstPolicy = Operand(
        name: "POLICY", kind: .text, count: .once, summary: "The policy to compare with")
    static let secondPolicy = Operand(
        name: "OTHER", kind: .text, count: .once, summary: "The policy to judge")
    static let anyTool = Operand(
        name: "TOOL", kind: .text, count: .once, summary: "The tool that would be called")
    static let listing = Operand(
        name: "FILE", kind: .file, count: .once,
        summary: "A server's tools/list result as JSON; - reads standard input")
    static let client = Operand(
        name: "CLIENT", kind: .choice(ClientSnippet.Client.allCases.map(\.rawValue)),
        count: .once, summary: "The client to configure")
    static let environment = Operand(
        name: "NAME", kind: .name([.environments]), count: .once,
        summary: "The environment; `sandboa env list` shows them")
    static let anyEnvironment = Operand(
        name: "NAME", kind: .text, count: .once,
        summary: "The environment; `sandboa env list` shows them")
    static let shell = Operand(
        name: "SHELL", kind: .choice(Completions.Shell.allCases.map(\.rawValue)),
        count: .once, summary: "The shell to complete for")
    static let topic = Operand(
        name: "COMMAND", kind: .text, count: .any,
        summary: "The command to explain; without it, all of them in brief")
}
