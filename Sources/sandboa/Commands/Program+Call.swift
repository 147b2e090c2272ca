// sandboa call: one tool call, as a client would make it.

import Catalog
import Engine
import Gateway
import Kernel
import MCP
import Notation

extension Program {
    func call(_ invocation: Invocation) throws -> ExitCode {
        let name = invocation.text(.tool)
        guard let tool = Catalog.tool(named: name) else {
            terminal.fail("there is no tool '\(name)'", fix: "run `sandboa tools`")
            return .usage
        }
        var arguments = invocation.object(.arguments) ?? [:]
        for pair in invocation.pairs(.toolArguments) {
            arguments[pair.name] = Self.value(pair.text, for: pair.name, of: name)
        }
        if let time = invocation.duration(.timeout) {
            guard let value = timeout(time, of: tool.declaration) else { return .usage }
            arguments["timeout"] = value
        }
        guard let services = try services(invocation) else { return .usage }
        let engine = try engine(invocation, readySlots: 1)
        let shelf = try shelf(engine, invocation, readySlots: 1)
        try engine.start()
        let workshop = try workshop(shelf, invocation)
        defer { workshop.end() }
        _ = try engine.waitUntilReady()
        let pipeline = try Pipeline(
            [tool], workshop: workshop, judge: services.judge, chronicle: services.chronicle)
        let answer = pipeline.answer(Pipeline.Call(tool: name, arguments: arguments))
        defer { pipeline.finish(answer) }
        guard let result = answer.result else {
            preconditionFailure("nobody can be asked from the shell, so nobody has to come again")
        }
        show(result, asJSON: invocation.has(.json))
        return exitCode(answer.status, result)
    }

    /// A time as the tool counts it; nil: it can't, which was said.
    private func timeout(_ time: Duration, of declaration: Declaration) -> JSON? {
        guard let unit = declaration.timeout else {
            terminal.fail(
                "\(declaration.name) takes no time limit", fix: "leave --timeout out")
            return nil
        }
        let (count, rest) = time.milliseconds.quotientAndRemainder(dividingBy: unit.rawValue)
        guard rest == 0 else {
            terminal.fail(
                "\(declaration.name) counts its time limit in whole seconds",
                fix: "write --timeout \(count + 1)s")
            return nil
        }
        return .integer(count)
    }

    /// A word of the command line as the tool's schema types it: text stays text, the rest is JSON.
    static func value(_ word: String, for key: String, of tool: String) -> JSON {
        let input = Catalog.tool(named: tool)?.declaration.input
        let type = input?["properties"]?[key]?["type"]
        let isText = type == "string" || type?.asArray?.contains("string") == true
        if isText || (type == nil && input != nil) { return .string(word) }
        do throws(JSONError) { return try JSON(parsing: Array(word.utf8)) } catch {
            // Not JSON: it is a text, or the schema check will say what was expected.
            return .string(word)
        }
    }

    private func show(_ result: CallResult, asJSON: Bool) {
        if asJSON {
            return terminal.say(encoded(result))
        }
        for case .text(let text) in result.content { terminal.say(text + "\n") }
    }

    /// The result as the newest handshake revision spells it.
    private func encoded(_ result: CallResult) -> JSON {
        let server = ServerDescription(name: "sandboa", version: Self.version)
        let line = Encoder(server: server, offer: .tools)
            .result(result, to: .integer(1), era: .handshake(.newest))
        do throws(JSONError) { return try JSON(parsing: line)["result"] ?? .null } catch {
            preconditionFailure("a result line is JSON: \(error)")
        }
    }

    private func exitCode(_ status: String?, _ result: CallResult) -> ExitCode {
        guard result.isError else { return .ok }
        switch status {
        case "timeout", "memory": return .limit
        case nil:
            switch result.structured?["error"]?["code"] {
            case "denied": return .denied
            case "rate_limited": return .limit
            case "invalid_arguments": return .usage
            case "unavailable": return .environment
            default: return .failed
            }
        default: return .failed
        }
    }
}
