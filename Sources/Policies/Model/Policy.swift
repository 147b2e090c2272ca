// The one model behind three spellings: Intercept's YAML, PolicyLayer's policy.json, and ours.
//
// A front end reads a file into this model, `CompiledPolicy` turns it into what `decide` runs on,
// and everything offline (check, diff, explain, convert) looks at the same values.

internal import Notation

/// A policy as it was written.
package struct Policy: Sendable {
    package enum Dialect: String, Hashable, Sendable, CaseIterable {
        /// The published YAML: a superset of what Intercept loads.
        case intercept
        /// PolicyLayer's policy.json.
        case json
        /// Ours: either of the two, and more; unknown keys are errors.
        case sandboa
    }

    /// What happens to a tool that no section names.
    package enum Fallback: String, Hashable, Sendable { case allow, deny }

    package enum Mode: String, Hashable, Sendable {
        case enforce
        /// Calls go through; what would have been denied is recorded.
        case observe
    }

    package var file: String
    /// SHA-256 of the file's bytes, in hex: every decision is stamped with it.
    package var hash: String
    package var dialect: Dialect
    package var about: String = ""
    package var fallback: Fallback = .allow
    package var mode: Mode = .enforce
    /// Tools that no list shows and no call reaches; `*` hides all.
    package var hidden: [Hidden] = []
    /// In the order of the file.
    package var sections: [Section] = []
    package var tests: [PolicyTest] = []
    /// What is odd about the file without being wrong.
    package var warnings: [PolicyProblem] = []

    package struct Hidden: Hashable, Sendable {
        package var tool: String
        package var mark: SourceMark

        package init(tool: String, mark: SourceMark) {
            self.tool = tool
            self.mark = mark
        }
    }

    package init(file: String, hash: String, dialect: Dialect) {
        self.file = file
        self.hash = hash
        self.dialect = dialect
    }
}

/// The rules for one tool, or for the tools of a kind.
package struct Section: Sendable {
    package enum Target: Hashable, Sendable {
        case tool(String)
        /// `*` stands for any number of characters, `?` for one. Native only.
        case glob(String)
        /// Calls whose effective category is this one. Native only.
        case category(Category)
        /// Intercept's `*`, policy.json's `all_tools`.
        case everyTool
    }

    package var target: Target
    package var mark: SourceMark
    package var rules: [Rule]

    package init(_ target: Target, at mark: SourceMark, rules: [Rule] = []) {
        self.target = target
        self.mark = mark
        self.rules = rules
    }
}

/// An example call in a policy file, with the verdict it must get.
package struct PolicyTest: Sendable {
    package var mark: SourceMark
    package var name: String?
    package var call: PolicyCall
    package var expected: Verdict.Decision
    /// The rule that must decide; nil: any.
    package var rule: String?
    /// When the call is made; nil: when evaluations begin.
    package var at: Instant?

    package init(
        at mark: SourceMark, name: String?, call: PolicyCall, expected: Verdict.Decision,
        rule: String?, madeAt: Instant? = nil
    ) {
        self.mark = mark
        self.name = name
        self.call = call
        self.expected = expected
        self.rule = rule
        at = madeAt
    }
}
