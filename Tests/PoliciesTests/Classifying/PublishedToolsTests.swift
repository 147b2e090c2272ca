// The tools of the published catalogue, by name and description. The descriptions are our own
// words for what upstream says of each tool.
//
// Where we differ, and why:
//
// | tool | published | ours | why |
// | --- | --- | --- | --- |
// | pyenv | Read | Destructive | it lists install and uninstall, as conda and poetry list theirs |
//
// With its arguments pyenv is Execute: it takes a command in free text.
//
// Where the catalogue contradicts itself, and what we make of it:
//
// - Installs run the build scripts of third parties. install_package is published Execute, but
//   pip-install and uv-install Write. What tells them apart is that the latter say what they
//   installed. So a description that does lowers the label to Write, of severity high. By name
//   alone all three are Execute.
// - pytest is published Read though it runs the project's code. A description that says a checker
//   is run and its results reported lowers the label to Read, of severity medium.
//
// Whoever writes a description could claim either. So the suggested rule of all these tools is
// the one for Execute, whatever their label.

import Testing

@testable import Notation
@testable import Policies

@Suite struct PublishedToolsTests {
    struct Published: Sendable {
        let name: String
        let description: String
        let category: Policies.Category
        /// What we say where we don't agree.
        var ours: Policies.Category?
    }

    static let tools: [Published] = [
        Published(
            name: "conda",
            description: """
                Manages environments and packages with conda. Actions: list, info, env-list, \
                create, remove, update.
                """, category: .destructive),
        Published(
            name: "poetry",
            description: "Runs Poetry. Supports install, add, remove, show and build actions.",
            category: .destructive),
        Published(
            name: "uv-run", description: "Runs an arbitrary command in a managed environment.",
            category: .execute),
        Published(
            name: "pip-install", description: "Installs packages and lists what was added.",
            category: .write),
        Published(
            name: "uv-install", description: "Installs packages and reports conflicts.",
            category: .write),
        Published(
            name: "black",
            description: "Runs the Black code formatter and reports which files changed.",
            category: .read),
        Published(
            name: "mypy", description: "Type-checks sources and lists the diagnostics.",
            category: .read),
        Published(
            name: "pip-audit", description: "Checks packages against known vulnerabilities.",
            category: .read),
        Published(name: "pip-list", description: "Lists installed packages.", category: .read),
        Published(
            name: "pip-show", description: "Shows what is known of an installed package.",
            category: .read),
        Published(
            name: "pyenv",
            description: """
                Manages Python versions. Actions: versions (list installed), install (install \
                one), global (set the version), uninstall (remove one).
                """, category: .read, ours: .destructive),
        Published(
            name: "pytest", description: "Runs pytest and returns counts and failures.",
            category: .read),
        Published(
            name: "ruff-check", description: "Lints files and returns the violations.",
            category: .read),
        Published(
            name: "ruff-format", description: "Formats files, or checks that they are.",
            category: .read),
        Published(
            name: "run_python_code", description: "Runs source text in a session or a process.",
            category: .execute),
        Published(
            name: "install_package", description: "Installs or upgrades one package.",
            category: .execute),
        Published(
            name: "python_execute", description: "Runs source text after its requirements.",
            category: .execute),
        Published(
            name: "python_venv",
            description: "Creates, deletes, describes or lists a virtual environment.",
            category: .execute),
    ]

    private func classify(_ tool: Published) -> Classification {
        Classifier(server: "python").classify(
            ForeignTool(name: tool.name, description: tool.description))
    }

    @Test func `by name and description we agree with at least 16 of 18`() {
        #expect(Self.tools.count == 18)
        let differing = Self.tools.filter { classify($0).category != $0.category }
        print("published, name and description: \(18 - differing.count) of 18")
        #expect(differing.count <= 2, "\(differing.map(\.name))")
    }

    @Test(.enabled(if: PublishedCatalogue.exists))
    func `with the catalogue's summaries, arguments and hints, too`() throws {
        let tools = try PublishedCatalogue.tools()
        #expect(tools.count == 18)
        let differing = tools.filter {
            Classifier(server: $0.server).classify($0.tool).category != $0.category
        }
        print("published, everything: \(tools.count - differing.count) of \(tools.count)")
        #expect(differing.count <= 2, "\(differing.map(\.tool.name))")
    }

    @Test func `where we differ we are stricter, and say what the table says`() {
        for tool in Self.tools {
            let found = classify(tool).category
            #expect(found == tool.ours ?? tool.category, "\(tool.name)")
            #expect(found.candidateRank >= tool.category.candidateRank, "\(tool.name)")
        }
    }

    @Test(arguments: ["pip-install", "uv-install", "install_package", "pytest"])
    func `a description doesn't lower the rule of what runs others' code`(name: String) throws {
        let tool = try #require(Self.tools.first { $0.name == name })
        #expect(classify(tool).ruleCategory == .execute)
        #expect(classify(tool).suggestedRule == .allowComplete(most: 10, window: "hour"))
        let named = Classifier(server: "python").classify(ForeignTool(name: name))
        #expect(named.category == .execute)
    }

    @Test(arguments: [
        ("run_python_code", Severity.critical), ("python_execute", .critical),
        ("uv-run", .critical), ("python_venv", .high), ("install_package", .high),
        ("pip-install", .high), ("pytest", .medium), ("pip-list", .low),
    ])
    func `the severity is the published one`(name: String, severity: Severity) throws {
        let tool = try #require(Self.tools.first { $0.name == name })
        #expect(classify(tool).severity == severity)
    }

    @Test func `what arguments and hints add only makes a tool more severe`() {
        let formatter = Classifier().classify(
            ForeignTool(
                name: "ruff-format", description: "Formats files.",
                hints: ToolHints(isReadOnly: false, isDestructive: false)))
        #expect(formatter.category == .write)
        let actions: JSON = ["list", "info", "env-list", "create", "remove", "update"]
        let manager = Classifier().classify(
            ForeignTool(
                name: "conda", description: "Queries environments.",
                inputSchema: ["properties": ["action": ["enum": actions]]]))
        #expect(manager.category == .destructive)
    }
}
