// sandboa classify: another server's tools, by what they say of themselves.

import Kernel
import Notation
import Policies

extension Program {
    func classify(_ invocation: Invocation) throws -> ExitCode {
        let path = invocation.text(.listing)
        let list: ToolListReading
        do {
            let limit = ToolListReading.maxBytes
            list = try ToolListReading(
                parsing: path == "-"
                    ? try Files.input(limit: limit) : try Files.contents(of: path, limit: limit))
        } catch let error as ToolListError {
            terminal.fail("\(path): \(error)", fix: "give a server's tools/list result as JSON")
            return .usage
        } catch let error as SystemError {
            terminal.fail("\(path) can't be read: \(error)", fix: "give a file, or - for input")
            return .usage
        }
        let report = ClassificationReport(list, server: invocation.text(.serverName))
        if invocation.has(.suggest) {
            terminal.say(report.suggestedPolicy(.native).text)
        } else if invocation.has(.json) {
            terminal.say(report.json)
        } else {
            for line in report.lines { terminal.say(line.printable + "\n") }
        }
        if report.isPartial {
            terminal.complain("sandboa: the list has more pages; only this one was judged\n")
        }
        return .ok
    }
}
