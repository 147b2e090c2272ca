// The rules of classification, one by one.

import Testing

@testable import Notation
@testable import Policies

@Suite struct ClassifierTests {
    private func classify(
        _ name: String, _ description: String? = nil, schema: JSON? = nil,
        hints: ToolHints = ToolHints(), server: String? = nil
    ) -> Classification {
        Classifier(server: server).classify(
            ForeignTool(
                name: name, description: description, inputSchema: schema, hints: hints))
    }

    @Test(arguments: [
        ("list_users", Policies.Category.read), ("user.delete", .destructive),
        ("issues_list", .read), ("createIssue", .write), ("get_deleted_items", .read),
        ("search_and_replace", .write), ("list_invoices", .financial),
        ("manage_webhook_subscription", .write), ("cancel_subscription", .financial),
        ("cancel_workflow_run", .execute), ("cancel_event", .destructive),
        ("delete_invoice", .financial), ("commit_transaction", .write),
        ("clear_cache", .write), ("run_delete_job", .destructive), ("exec", .execute),
        ("search_replace", .write), ("stash_drop", .destructive), ("trace_stop", .execute),
        ("take_screenshot", .read), ("find_memories_by_delete_date", .read),
        ("write_query", .execute), ("place_order", .financial), ("start_timer", .write),
    ])
    func `a name says this`(name: String, category: Policies.Category) {
        let found = classify(name)
        #expect(found.category == category)
        #expect(found.isKnown)
        #expect(found.risk == category.risk)
    }

    @Test func `the server's own words are no evidence, unless they name an effect`() {
        #expect(classify("linear_issue_list", server: "linear").category == .read)
        #expect(classify("fetch", server: "fetch").category == .read)
        #expect(classify("delete", server: "delete").category == .destructive)
        #expect(classify("delete_list", server: "delete-list").category == .destructive)
        #expect(classify("shell_list", server: "shell").category == .execute)
    }

    @Test func `an unknown tool counts as Execute and is shown as unknown`() {
        let found = classify("frobnicate", "Frobs the widget.")
        #expect(found.category == .execute)
        #expect(!found.isKnown)
        #expect(found.label == "unknown")
        #expect(found.confidence == 0)
        #expect(found.suggestedRule == .allowComplete(most: 10, window: "hour"))
    }

    @Test(arguments: [
        ("Deletes a record.", Policies.Category.destructive),
        ("This tool will permanently delete a record.", .destructive),
        ("Returns a record. Does not delete anything.", .read),
        ("Never deletes; lists records.", .read),
        ("Lists records. Does not change, delete or move anything.", .read),
        ("Does not ask but deletes.", .destructive),
        ("Lists records before you delete them.", .read),
        ("List, search or remove records.", .destructive),
        ("Supports list, show and remove.", .destructive),
        ("Runs the linter.", .read), ("Runs a search.", .read),
        ("Runs a shell command.", .execute), ("Sends money to a payee.", .financial),
        ("Finds source files and test files.", .read), ("Save and run it.", .execute),
        ("Creates a note.", .write), ("Type-checks a file.", .read),
    ])
    func `a description says this of a name that says nothing`(
        text: String, category: Policies.Category
    ) {
        #expect(classify("zork", text).category == category)
    }

    @Test func `a description can raise what the name says, and never lower it`() {
        #expect(classify("get_report", "Deletes all reports.").category == .destructive)
        #expect(classify("delete_report", "Only reads. Read-only.").category == .destructive)
        #expect(
            classify("list_users", "Lists users. Use delete_user to remove one.").category == .read)
    }

    @Test func `code and commands of the caller's are critical`() {
        for name in ["run_code", "execute_command", "bash", "eval", "shell_exec", "exec"] {
            #expect(classify(name).category == .execute, "\(name)")
            #expect(classify(name).severity == .critical, "\(name)")
        }
        let script: JSON = ["properties": ["script": ["type": "string"]]]
        #expect(classify("zork", schema: script).severity == .critical)
        #expect(classify("get_page", schema: script).category == .execute)
        #expect(classify("validate_page", schema: script).category == .read)
        let short: JSON = ["properties": ["code": ["type": "string", "maxLength": 6]]]
        #expect(classify("confirm_login", schema: short).category == .write)
    }

    @Test func `what destroys by its name stays Destructive with code for an argument`() {
        let script: JSON = ["properties": ["sql": ["type": "string"]]]
        #expect(classify("delete_rows", schema: script).category == .destructive)
    }

    @Test func `one destructive action among others on what can be made again is Execute`() {
        func schema(_ actions: JSON) -> JSON { ["properties": ["action": ["enum": actions]]] }
        let many = schema(["create", "delete", "info"])
        let venv = classify("venv", schema: many)
        #expect(venv.category == .execute)
        #expect(venv.severity == .high)
        #expect(classify("customer", schema: many).category == .destructive)
        #expect(classify("venv", schema: schema(["delete"])).category == .destructive)
        #expect(classify("delete_venv", schema: many).category == .destructive)
        #expect(
            classify("venv", schema: many, hints: ToolHints(isDestructive: true)).category
                == .destructive)
    }

    @Test func `what installs is Execute and high`() {
        let found = classify("install_plugin", "Adds a plugin from the store.")
        #expect(found.category == .execute)
        #expect(found.severity == .high)
    }

    @Test func `amounts and accounts among the arguments are money`() {
        let amount: JSON = [
            "properties": ["amount": ["type": "number"], "currency": ["type": "string"]]
        ]
        #expect(classify("submit", schema: amount).category == .financial)
        let nested: JSON = ["properties": ["card": ["properties": ["card_number": [:]]]]]
        #expect(classify("save_card", schema: nested).category == .financial)
    }

    @Test func `a server about money makes transfers money`() {
        let bank = Classifier(server: "acme", description: "Payments and bank accounts.")
        #expect(bank.classify(ForeignTool(name: "issue_transfer")).category == .financial)
        #expect(classify("transfer_issue", server: "acme").category == .write)
    }

    @Test func `secrets and security raise the severity, dry runs and fleeting things lower it`() {
        #expect(classify("read_secret").severity == .medium)
        #expect(classify("update_policy").severity == .high)
        #expect(classify("delete_session").severity == .high)
        #expect(classify("delete_user").severity == .critical)
        let dry: JSON = ["properties": ["dry_run": ["type": "boolean", "default": true]]]
        #expect(classify("update_page", schema: dry).severity == .low)
    }

    @Test func `the title speaks where the name doesn't`() {
        let tool = ForeignTool(name: "zork", title: "Delete a page")
        #expect(Classifier().classify(tool).category == .destructive)
    }

    @Test func `evidence names its source and the heaviest comes first`() {
        let found = classify("delete_page", "Deletes a page.")
        #expect(found.evidence.map(\.kind) == [.nameVerb, .descriptionVerb])
        #expect(found.evidence.first?.summary == "name verb \"delete\"")
        #expect(found.confidence > classify("delete_page").confidence)
        #expect(classify("delete_page").confidence > classify("page_stats").confidence)
    }
}
