// The door to the three front ends: bytes in, a policy or everything that is wrong with them out.
//
// INVARIANT: no bytes trap or loop. Size, depth, nodes and aliases are bounded before anything
// walks the tree, and the tree's depth bounds every recursion over it.

internal import Notation

/// Reads a policy file into the model.
package struct PolicyLoader: Sendable {
    /// Largest policy, in bytes.
    package static let maxBytes = 1 << 20

    let file: String
    let hash: String
    let dialect: Policy.Dialect?
    let isStrict: Bool

    /// - `file`: the name that messages use.
    /// - `hash`: SHA-256 of the bytes, in hex.
    /// - `dialect`: nil finds out from the file: what a key `dialect` says; else policy.json for
    ///   a JSON object that has its shape; else Intercept.
    /// - `isStrict`: accept what Intercept v1.1.0 accepts, no less and no more, and say in
    ///   warnings what it ignores. It makes the dialect Intercept's.
    package init(
        file: String, hash: String, dialect: Policy.Dialect? = nil, isStrict: Bool = false
    ) {
        self.file = file
        self.hash = hash
        self.dialect = isStrict ? .intercept : dialect
        self.isStrict = isStrict
    }

    /// The policy of a whole file, its warnings inside. Throws every error at once.
    package func load(_ bytes: [UInt8]) throws(InvalidPolicy) -> Policy {
        guard bytes.count <= Self.maxBytes else { throw tooLarge(bytes.count) }
        let document: PolicyDocument
        do {
            document = try PolicyDocument.read(bytes, for: self)
        } catch {
            throw InvalidPolicy([problem(error)])
        }
        var reader = PolicyReader(
            file: file, hash: hash, dialect: dialect ?? document.dialect, isStrict: isStrict)
        if let second = document.second {
            reader.log.warn(
                .value(second), "a second document starts here, and Intercept ignores it",
                fix: "keep one document per file")
        }
        reader.readRoot(document.root)
        let problems = reader.log.problems(in: file, root: document.root)
        if reader.log.hasErrors { throw InvalidPolicy(problems) }
        var policy = reader.policy
        policy.warnings = problems
        return policy
    }

    private func problem(_ error: PolicyDocument.Failure) -> PolicyProblem {
        let position = error.position
        let mark = SourceMark(file: file, line: position.line, column: position.column)
        return PolicyProblem(.error, at: mark, key: "", error.message)
    }

    private func tooLarge(_ count: Int) -> InvalidPolicy {
        let mark = SourceMark(file: file, line: 1, column: 1)
        let most = SizeText.text(bytes: Int64(Self.maxBytes))
        return InvalidPolicy([
            PolicyProblem(
                .error, at: mark, key: "",
                "the file has \(count) bytes; a policy has at most \(most)",
                fix: "use globs or '*' in place of many alike rules")
        ])
    }
}
