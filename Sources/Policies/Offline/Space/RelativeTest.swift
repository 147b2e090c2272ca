internal import Notation

/// A test, as seen from a place on its path.
struct RelativeTest: Sendable {
    let written: Condition.Test
    let dialect: Policy.Dialect
    /// What is left of the path.
    let rest: [ArgumentPath.Step]
    /// The value itself matters, not only what the test says: it is an amount.
    let isAmount: Bool
    /// The same test of an argument `v`, which is the value at this place.
    private let compiled: CompiledTest

    init(
        _ written: Condition.Test, _ dialect: Policy.Dialect, rest: [ArgumentPath.Step],
        isAmount: Bool = false
    ) {
        self.written = written
        self.dialect = dialect
        self.rest = rest
        self.isAmount = isAmount
        var moved = written
        moved.path = .argument(ArgumentPath([.key("v")] + rest, written: "args.v"))
        compiled = CompiledTest(moved, counter: nil, in: dialect)
    }

    /// The test behind its next step.
    var advanced: RelativeTest {
        RelativeTest(written, dialect, rest: Array(rest.dropFirst()), isAmount: isAmount)
    }

    /// What the test says of a value at this place, for either permitting value.
    private func truths(for call: PolicyCall) -> [Truth] {
        [true, false].map { permitting in
            var trial = Trial()
            return compiled.truth(
                for: call, Circumstances(at: PolicyEvaluation.start), permitting: permitting,
                &trial)
        }
    }

    /// Everything about a value that a policy can see at this place; nil: there is none.
    static func signature(of value: JSON?, under tests: [RelativeTest]) -> Signature {
        var arguments = JSONObject()
        arguments["v"] = value
        let call = PolicyCall(tool: "", arguments: arguments)
        return Signature(
            truths: tests.flatMap { $0.truths(for: call) },
            amounts: tests.contains(where: \.isAmount) ? value : nil)
    }

    struct Signature: Hashable {
        let truths: [Truth]
        let amounts: JSON?
    }
}
