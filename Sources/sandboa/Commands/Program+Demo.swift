// sandboa demo: this program as its own client, against itself as the server.

import Engine
import Kernel
import Notation

extension Program {
    /// Line width that reads well; a narrower terminal gets shorter lines.
    private static let demoWidth = 80
    private static let demoIndent = 22

    func demo() throws -> ExitCode {
        let installation = try Installation.find()
        var client = try DemoClient(program: installation.program)
        do {
            try client.greet()
            let wrong = try playSteps(&client)
            if let timings = try DemoTimings.measure(&client) { show(timings) }
            let ending = try client.end()
            showSnippet(installation)
            if ending != .exited(code: 0) {
                terminal.fail("the server ended by itself: \(ending.map { "\($0)" } ?? "?")")
                return .failed
            }
            return wrong == 0 ? .ok : .failed
        } catch {
            // A server that could not start has said why; its exit status is the answer.
            let ending = try client.end()
            terminal.fail("\(error)", fix: "run `sandboa doctor`")
            if case .exited(let code) = ending, code != 0 {
                return ExitCode(rawValue: code) ?? .failed
            }
            return .failed
        }
    }

    /// Returns how many steps did not end as they should.
    private func playSteps(_ client: inout DemoClient) throws -> Int {
        let style = terminal.style
        terminal.say(style.paint("Kind and hostile code, by way of MCP", .heading) + "\n\n")
        var wrong = 0
        for step in DemoStep.all {
            let answer = try client.run(step.arguments)
            let ending = step.judge(answer.result)
            if !ending.isRight { wrong += 1 }
            let tone: Tone = !ending.isRight ? .bad : ending.status == "ok" ? .good : .doubtful
            let status = style.paint(padded(ending.status, 8), tone)
            let time = leftPadded(Self.milliseconds(answer.microseconds), 9)
            terminal.say("  \(status) \(time)  \(step.title)\n")
            let room = max(20, min(terminal.width, Self.demoWidth) - Self.demoIndent)
            for line in ending.line.printable.wrapped(to: room) {
                let indent = String(repeating: " ", count: Self.demoIndent)
                terminal.say(indent + style.paint(line, .faint) + "\n")
            }
        }
        let count = DemoStep.all.count
        terminal.say(
            "\n  "
                + (wrong == 0
                    ? style.paint("All \(count) calls ended as they should.", .good)
                    : style.paint("\(wrong) of \(count) calls did not end as they should.", .bad))
                + "\n\n")
        return wrong
    }

    private func show(_ timings: DemoTimings) {
        let style = terminal.style
        terminal.say(style.paint("What print(1+1) costs (medians, in turns)", .heading) + "\n\n")
        let cold = leftPadded(Self.milliseconds(timings.cold), 9)
        let call = leftPadded(Self.milliseconds(timings.call), 9)
        terminal.say("  \(cold)  a cold python3 -c, with no wall at all\n")
        terminal.say("  \(call)  a call to sandboa, behind all walls: ")
        terminal.say(style.paint("\(timings.ratio) times faster", .good) + "\n\n")
    }

    private func showSnippet(_ installation: Installation) {
        let snippet = ClientSnippet(.claudeCode, executable: installation.program)
        terminal.say(terminal.style.paint("To use it from Claude Code", .heading) + "\n\n")
        if let command = snippet.command { terminal.say("Run:\n  \(command)\n\n") }
        for line in "Or put this into \(snippet.file):".wrapped(to: Self.demoWidth) {
            terminal.say(line + "\n")
        }
        terminal.say("\n" + snippet.text + "\n")
        terminal.say("Other clients: `sandboa config --help`\n")
    }

    // MARK: Columns

    private static func milliseconds(_ microseconds: Int64) -> String {
        let hundredths = microseconds / 10
        let fraction = String(hundredths % 100 + 100).dropFirst()
        return "\(hundredths / 100).\(fraction) ms"
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private func leftPadded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
