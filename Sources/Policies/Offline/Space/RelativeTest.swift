internal import Notation

/// A test, as seen from a place on its path.
struct RelativeTest: Sendable {
    let written: Condition.Test
    let dialect: Policy.Dialect
    /// What is left of the path.
    let rest: ArraySlice<ArgumentPath.Step>
    /// The value itself matters, not only what the test says: it is an amount.
    var isAmount = false

    /// The test behind its next step.
    var advanced: RelativeTest {
        RelativeTest(
            written: written, dialect: dialect, rest: rest.dropFirst(), isAmount: isAmount)
    }

    /// What the test says of a value at this place; nil: there is none.
    func truths(of value: JSON?) -> [Truth] {
        let steps = [ArgumentPath.Step.key("v")] + rest
        let test = CompiledTest(written, source: .argument(steps), in: dialect)
        var arguments = JSONObject()
        arguments["v"] = value
        let call = PolicyCall(tool: "", arguments: arguments)
        return [true, false].map { permitting in
            var trial = Trial()
            return test.truth(for: call, .empty, permitting: permitting, &trial)
        }
    }

    /// Everything about a value that a policy can see at this place.
    static func signature(of value: JSON?, under tests: [RelativeTest]) -> Signature {
        Signature(
            truths: tests.flatMap { $0.truths(of: value) },
            amounts: tests.contains(where: \.isAmount) ? value : nil)
    }

    struct Signature: Hashable {
        let truths: [Truth]
        let amounts: JSON?
    }
}
