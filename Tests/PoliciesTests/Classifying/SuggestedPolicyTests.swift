// Policies made from classifications, and the report about them.

import Testing

@testable import Notation
@testable import Policies

@Suite struct SuggestedPolicyTests {
    private func report(_ names: [String]) -> ClassificationReport {
        let classifier = Classifier()
        return ClassificationReport(
            server: "acme",
            tools: names.map {
                ClassifiedTool(name: $0, classification: classifier.classify(ForeignTool(name: $0)))
            })
    }

    @Test func `each category gets its recommended rule`() {
        let names = ["list_users", "update_user", "run_code", "delete_user", "create_refund"]
        let text = report(names).suggestedPolicy(.native).text
        #expect(
            text == """
                # Suggested from names, descriptions and arguments; no tool was called.
                # Read every line first: the server wrote the words that it was made from.
                version: "1"
                dialect: sandboa
                description: "Suggested policy for acme"
                default: deny
                tools:

                  # Read, risk low
                  list_users:
                    # Read, severity low: name verb "list"
                    rules:
                      - name: read rate
                        rate_limit: 60/minute

                  # Write, risk medium
                  update_user:
                    # Write, severity medium: name verb "update"
                    rules:
                      - name: write rate
                        rate_limit: 30/hour

                  # Execute, risk high
                  run_code:
                    # Execute, severity critical: name verb "run"
                    rules:
                      - name: execute rate
                        rate_limit: 10/hour
                        validate: {required_args: true}

                  # Destructive, risk critical
                  delete_user:
                    # Destructive, severity critical: name verb "delete"
                    rules:
                      - name: destructive tools are off
                        action: deny
                        on_deny: "Destructive tools are denied by this policy"

                  # Financial, risk critical
                  create_refund:
                    # Financial, severity critical: name noun "refund", name verb "create"
                    rules:
                      - name: a person agrees
                        action: require_approval

                """)
    }

    @Test func `a label that a description lowered leaves the rule as it was`() {
        let tool = ForeignTool(name: "pytest", description: "Runs pytest and returns failures.")
        let found = ClassifiedTool(name: "pytest", classification: Classifier().classify(tool))
        let lines = SuggestedPolicy(tools: [found]).lines
        #expect(
            lines.suffix(7) == [
                "  # Execute, risk high", "  pytest:",
                "    # Read, severity medium: inspection \"may run project code: pytest\", "
                    + "description verb \"return\", description verb \"run\"",
                "    rules:", "      - name: execute rate", "        rate_limit: 10/hour",
                "        validate: {required_args: true}",
            ])
    }

    @Test func `Intercept knows no approval, so money is denied there`() {
        let text = report(["create_refund"]).suggestedPolicy(.intercept).text
        #expect(!text.contains("require_approval"))
        #expect(!text.contains("dialect"))
        #expect(text.contains("action: deny"))
    }

    @Test func `what destroys money's papers is denied, not asked about`() {
        let tools = report(["delete_invoice", "list_invoices"]).tools
        #expect(tools[0].classification.suggestedRule == .deny)
        #expect(tools[1].classification.suggestedRule == .approval)
    }

    @Test(arguments: [
        "yes", "No", "null", "~", "123", "1e3", "0x1f", "2026-01-01", "a: b", "a #b", "- a", "'a'",
        "\"a\"", "a\nb", "a\u{1b}[2J", "a\u{202e}b", "\u{feff}a", "é", "e\u{301}", "&a", "!a", "%a",
        "a\\b", "a b", "list.users", "user/delete", "{}", "a\u{85}b", "\u{1F600}", "on", "<<", "=",
    ])
    func `any name comes back as it was written`(name: String) throws {
        for form in SuggestedPolicy.Form.allCases {
            let policy = try YAML.load(report([name]).suggestedPolicy(form).text)
            let tools = try #require(try policy.json()["tools"]?.asObject)
            #expect(tools.keys.count == 1)
            #expect(tools.keys.first.map { Array($0.utf8) } == Array(name.utf8))
        }
    }

    @Test func `a name that would be a pattern gets no section`() throws {
        let text = report(["*", "a*", "b?", "c"]).suggestedPolicy(.intercept).text
        let policy = try YAML.load(text)
        #expect(try policy.json()["tools"]?.asObject?.keys == ["c"])
        #expect(text.contains("# denied by default, a pattern can't be its name: a*"))
    }

    @Test(arguments: [" a", "a ", "a\u{A0}", "\ta"])
    func `a name that ends in blanks gets no section`(name: String) throws {
        for form in SuggestedPolicy.Form.allCases {
            let text = report([name, "c"]).suggestedPolicy(form).text
            #expect(try YAML.load(text).json()["tools"]?.asObject?.keys == ["c"])
            #expect(text.contains("# denied by default, blanks end its name: "))
        }
    }

    @Test func `a list without tools denies everything`() throws {
        let policy = try YAML.load(report([]).suggestedPolicy(.native).text)
        #expect(try policy.json()["default"] == "deny")
    }

    @Test func `of two tools with one name the more severe counts`() throws {
        let read = Classifier().classify(ForeignTool(name: "list_a"))
        let deletes = Classifier().classify(
            ForeignTool(name: "list_a", description: "Deletes all."))
        let policy = SuggestedPolicy(tools: [
            ClassifiedTool(name: "list_a", classification: read),
            ClassifiedTool(name: "list_a", classification: deletes),
        ])
        #expect(policy.text.contains("action: deny"))
        #expect(try YAML.load(policy.text).json()["tools"]?.asObject?.count == 1)
    }

    @Test func `the table is aligned and ends with a sum`() {
        #expect(
            report(["list_users", "frob", "delete\u{1b}user"]).lines == [
                "tool              category     risk      severity  confidence  evidence",
                "list_users        Read         low       low              920  name verb \"list\"",
                "frob              unknown      high      high               0  none; "
                    + "treated as Execute",
                "delete\\u{1b}user  Destructive  critical  critical         920  name verb "
                    + "\"delete\"",
                "3 tools: 1 Read, 1 Destructive, 1 unknown",
            ])
    }

    @Test func `the JSON says the same`() {
        let json = report(["list_users", "frob"]).json
        #expect(json["tools"]?.asArray?.first?["category"] == "Read")
        #expect(json["tools"]?.asArray?.first?["suggested_rule"] == "60/minute")
        #expect(json["tools"]?.asArray?.last?["known"] == false)
        #expect(json["tools"]?.asArray?.last?["category"] == "Execute")
        #expect(json["counts"]?["unknown"] == 1)
        #expect(json["partial"] == false)
    }
}
