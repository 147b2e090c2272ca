// The tools of the published catalogue, by name and description. The descriptions are our own
// words for what upstream says of each tool.
//
// Where we differ, and why:
//
// | tool | published | ours | why |
// | --- | --- | --- | --- |
// | pip-install | Write | Execute | build scripts run, as in install_package, published Execute |
// | uv-install | Write | Execute | the same |
// | pyenv | Read | Destructive | it lists install and uninstall, as conda and poetry list theirs |
// | pytest | Read | Execute | it runs the project's code |
//
// The first three contradict other rows of the catalogue, so no rule can agree with all of them.
// To call pytest Read would say that running tests is harmless.

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
            category: .write, ours: .execute),
        Published(
            name: "uv-install", description: "Installs packages and reports conflicts.",
            category: .write, ours: .execute),
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
            category: .read, ours: .execute),
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

    @Test func `where no other row contradicts it we agree with the published category`() {
        #expect(Self.tools.count == 18)
        for tool in Self.tools where tool.ours == nil {
            #expect(classify(tool).category == tool.category, "\(tool.name)")
        }
    }

    @Test func `where we differ we are stricter, and say what the table says`() {
        let differing = Self.tools.filter { $0.ours != nil }
        #expect(differing.count == 4)
        for tool in differing {
            let found = classify(tool).category
            #expect(found == tool.ours, "\(tool.name)")
            #expect(found.candidateRank > tool.category.candidateRank, "\(tool.name)")
        }
    }

    @Test(arguments: [
        ("run_python_code", Severity.critical), ("python_execute", .critical),
        ("uv-run", .critical), ("python_venv", .high), ("install_package", .high),
        ("pip-list", .low),
    ])
    func `the severity is the published one`(name: String, severity: Severity) throws {
        let tool = try #require(Self.tools.first { $0.name == name })
        #expect(classify(tool).severity == severity)
    }

    @Test func `what arguments and hints add only makes a tool more severe`() {
        let formatter = Classifier().classify(
            ForeignTool(
                name: "ruff-format", description: "Formats files.",
                hints: ToolHints(isReadOnly: false)))
        #expect(formatter.category == .write)
        let actions: JSON = ["list", "info", "env-list", "create", "remove", "update"]
        let manager = Classifier().classify(
            ForeignTool(
                name: "conda", description: "Queries environments.",
                inputSchema: ["properties": ["action": ["enum": actions]]]))
        #expect(manager.category == .destructive)
    }
}
