// What is wrong with a policy file. All of it at once: nobody likes to be told one error a time.

/// One error or warning, with its place and what to do.
package struct PolicyProblem: Hashable, Sendable, CustomStringConvertible {
    package enum Severity: String, Hashable, Sendable { case error, warning }

    package let severity: Severity
    package let mark: SourceMark
    /// The key it is about, as a path: `tools.pip-install.rules[0].rate_limit`. Empty: the file.
    package let key: String
    package let message: String
    /// What to write instead; nil when nobody can know.
    package let fix: String?

    package init(
        _ severity: Severity, at mark: SourceMark, key: String, _ message: String,
        fix: String? = nil
    ) {
        self.severity = severity
        self.mark = mark
        self.key = key
        self.message = message
        self.fix = fix
    }

    package var description: String {
        let place = key.isEmpty ? "\(mark)" : "\(mark): \(key)"
        let hint = fix.map { "; \($0)" } ?? ""
        return "\(place): \(message)\(hint)"
    }
}

/// Why a policy was refused: every error, and the warnings that came with them, in file order.
package struct InvalidPolicy: Error, Hashable, Sendable, CustomStringConvertible {
    package let problems: [PolicyProblem]

    package init(_ problems: [PolicyProblem]) { self.problems = problems }

    package var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}
