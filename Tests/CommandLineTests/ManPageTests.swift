// The manual page is good troff and tells of every command.

import Testing

@testable import sandboa

@Suite struct ManPageTests {
    private let page = ManPage(version: "0.1.0", date: "2026-11-20").text

    @Test(.enabled(if: Program.isInstalled("groff"), "needs groff"))
    func `groff reads the page without a warning`() throws {
        let result = try Program.run("groff", ["-man", "-ww", "-z"], file: page)
        #expect(result.status == 0)
        #expect(result.complaints == "")
    }

    @Test(.enabled(if: Program.isInstalled("groff"), "needs groff"))
    func `the page shows every command, option and example as they are typed`() throws {
        let result = try Program.run(
            "groff", ["-man", "-Tutf8", "-P-cbou", "-rLL=200n"], file: page)
        for command in CommandTable.commands {
            #expect(result.output.contains(command.usage))
            for option in command.options { #expect(result.output.contains(option.spelling)) }
            for example in command.examples { #expect(result.output.contains(example.line)) }
        }
    }

    @Test func `no text can become a request`() {
        let requests: Set = [
            "TH", "SH", "SS", "PP", "TP", "B", "RS", "RE", "nf", "fi", "\\\"",
        ]
        for line in page.split(separator: "\n") where line.hasPrefix(".") || line.hasPrefix("'") {
            let name = String(line.dropFirst().prefix { $0 != " " })
            #expect(requests.contains(name))
        }
    }
}
