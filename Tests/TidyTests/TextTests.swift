// What is written speaks of the project, is finished, and is true of the tree.

import Testing

@Suite struct TextTests {
    private let tree = SourceTree.project

    private func sample(_ text: String) -> SourceFile {
        SourceFile(path: "Sources/Jail/Sample.swift", text: text)
    }

    @Test func `nothing is left unfinished`() {
        let found = tree.files.flatMap(TextGuards.unfinished)
        report(found)
        #expect(TextGuards.unfinished(in: sample("// TODO: later")).count == 1)
        #expect(TextGuards.unfinished(in: sample("// METHODOLOGY")).isEmpty)
    }

    @Test func `no path of one machine is written down`() {
        let found = tree.files.flatMap(TextGuards.machinePaths)
        report(found)
    }

    @Test(arguments: ["/work/a", "see /root/.cache", "\"/home/ada/x\"", "(/tmp/wt)", "p=/root/a"])
    func `a path of one machine is noticed`(text: String) {
        #expect(TextGuards.machinePaths(in: sample(text)).count == 1)
    }

    @Test(arguments: ["network/work/", "/homes", "the /home directory", "sub/root/a", "/roots"])
    func `other paths are fine`(text: String) {
        #expect(TextGuards.machinePaths(in: sample(text)).isEmpty)
    }

    @Test func `no registry is named`() {
        let found = tree.files.flatMap(TextGuards.registries)
        report(found)
        #expect(TextGuards.registries(in: sample("https://pypi.org/simple")).count == 1)
        #expect(TextGuards.registries(in: sample("https://www.swift.org/install")).isEmpty)
    }

    @Test func `every path that is mentioned exists`() {
        let found = tree.files.flatMap {
            TextGuards.missingPaths(in: $0, existing: tree.paths)
        }
        report(found)
    }

    @Test func `a path that does not exist is noticed`() {
        func findings(_ text: String) -> Int {
            let existing: Set = ["sandbox/setup", "Tests"]
            return TextGuards.missingPaths(in: sample("// " + text), existing: existing).count
        }
        #expect(findings("see `sandbox/profiles/none.yaml`.") == 1)
        #expect(findings("see `sandbox/setup`, Tests/<Module>Tests, sandbox/setup/*.") == 0)
        #expect(findings("share/sandbox/none") == 0)
    }

    @Test(arguments: [
        "README.md", "Sources/README.md", "sandbox/README.md", "policies/README.md",
        "Tests/README.md", "LICENSE", "CHANGELOG.md",
    ])
    func `the nameplate is there`(path: String) {
        let lineCount = tree.file(path)?.lines.count ?? 0
        #expect(lineCount > 5)
    }

    @Test func `a tool is named in its own file only`() {
        let tools = TextGuards.toolNames(in: tree.files)
        let files = tree.files.filter { $0.path.hasPrefix("Sources/Catalog/Tools/") }
        #expect(tools.map(\.path) == files.map(\.path), "every file there declares its tool's name")
        let found = tree.files.flatMap { TextGuards.strayToolNames(in: $0, tools: tools) }
        report(found)
    }

    @Test func `a tool's name elsewhere is noticed`() {
        let tool = SourceFile(
            path: "Sources/Catalog/Tools/Sample.swift",
            text: "    static let name = \"sample_tool\"")
        let stray = sample("call(\"sample_tool\")")
        let tools = TextGuards.toolNames(in: [tool, stray])
        #expect(tools.map(\.name) == ["sample_tool"])
        #expect(TextGuards.strayToolNames(in: tool, tools: tools).isEmpty)
        #expect(TextGuards.strayToolNames(in: stray, tools: tools).count == 1)
        #expect(TextGuards.strayToolNames(in: sample("sample_tool_b"), tools: tools).isEmpty)
    }
}
