// What a description may claim to make a tool look more harmless, and how little that changes.

import Testing

@testable import Notation
@testable import Policies

@Suite struct DescriptionClaimTests {
    private func classify(
        _ name: String, _ description: String, schema: JSON? = nil, hints: ToolHints = ToolHints()
    ) -> Classification {
        Classifier().classify(
            ForeignTool(name: name, description: description, inputSchema: schema, hints: hints))
    }

    @Test(arguments: [
        "Runs the test suite and returns the failures.", "Run doctest, reporting counts.",
        "Executes the unit tests and lists which passed.",
        "Runs the type-checker over the project and reports diagnostics.",
    ])
    func `a checker that reports is an inspection, one step more severe`(text: String) {
        let found = classify("zork", text)
        #expect(found.category == .read)
        #expect(found.severity == .medium)
        #expect(found.evidence.contains { $0.kind == .inspection })
    }

    @Test(arguments: [
        "Runs the deployment and reports failures.", "Runs pytest.",
        "Runs the latest and returns results.", "Runs a shell script test and reports errors.",
        "Runs the test suite and deploys the results.",
        "Runs the test suite, never returns failures.",
        "Runs the test suite and returns results, then runs the deployment.",
        "Runs the tests and returns results, and installs what is missing.",
        "Reports failures. Runs the deployment.",
    ])
    func `anything more, or anything less, stays Execute`(text: String) {
        #expect(classify("zork", text).category == .execute)
    }

    @Test func `an inspection lowers no name, no argument and no hint`() {
        let text = "Runs the test suite and returns the failures."
        #expect(classify("run_tests", text).category == .execute)
        let script: JSON = ["properties": ["script": ["type": "string"]]]
        #expect(classify("zork", text, schema: script).severity == .critical)
        let action: JSON = ["properties": ["action": ["enum": ["list", "deploy"]]]]
        #expect(classify("zork", text, schema: action).category == .execute)
        #expect(classify("delete_tests", text).category == .destructive)
        let hints = ToolHints(isDestructive: true)
        #expect(classify("zork", text, hints: hints).category == .destructive)
        #expect(classify("zork", text + " Installs plugins.").ruleCategory == .execute)
    }

    @Test func `an install that says what it installed is Write and high`() {
        let found = classify("install", "Installs packages and reports what was added.")
        #expect(found.category == .write)
        #expect(found.severity == .high)
        #expect(found.evidence.first?.kind == .accountedInstall)
    }

    @Test(arguments: [
        ("install", "Installs packages."), ("install", "Installs a plugin and reports the result."),
        ("install_and_run", "Installs packages and reports the result."),
        ("install", "Installs packages, runs them and reports the result."),
    ])
    func `other installs stay Execute`(name: String, text: String) {
        #expect(classify(name, text).category == .execute)
    }

    @Test func `an install among actions or with code stays Execute`() {
        let text = "Installs packages and reports what was added."
        let action: JSON = ["properties": ["action": ["enum": ["install", "list"]]]]
        #expect(classify("manager", text, schema: action).category == .execute)
        let script: JSON = ["properties": ["command": ["type": "string"]]]
        #expect(classify("install", text, schema: script).severity == .critical)
    }

    @Test(arguments: [
        "Runs the test suite and returns the failures.",
        "Installs packages and reports what was added.",
    ])
    func `no claim makes a rule milder than the name does`(text: String) {
        for tool in LabelledTool.all {
            let named = Classifier(server: tool.server).classify(ForeignTool(name: tool.name))
            let claimed = Classifier(server: tool.server).classify(
                ForeignTool(name: tool.name, description: text))
            #expect(claimed.ruleCategory.candidateRank >= named.ruleCategory.candidateRank)
            #expect(claimed.ruleCategory.candidateRank >= claimed.category.candidateRank)
        }
    }

    @Test func `a bare readOnlyHint false says nothing, with a word about destruction it does`() {
        let text = "Formats files."
        let bare = classify("formatter", text, hints: ToolHints(isReadOnly: false))
        #expect(bare.category == .read)
        #expect(bare.evidence.contains { $0.kind == .hint })
        let additive = ToolHints(isReadOnly: false, isDestructive: false)
        #expect(classify("formatter", text, hints: additive).category == .write)
        let destroying = ToolHints(isReadOnly: false, isDestructive: true)
        #expect(classify("formatter", text, hints: destroying).category == .destructive)
    }
}
