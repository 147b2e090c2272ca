// Conditions on arguments and counters.

package import Notation

/// A test of a call, as a tree. What can't be evaluated is not true, whatever stands around it.
package indirect enum Condition: Sendable {
    case test(Test)
    case all([Condition])
    case any([Condition])
    case not(Condition)

    /// A path, an operator and what the operator wants.
    package struct Test: Sendable {
        package var path: Path
        package var operation: Operation
        /// What happens when the path leads nowhere; nil: what the operator does by itself.
        package var onMissing: Missing?
        package var mark: SourceMark

        package init(
            _ path: Path, _ operation: Operation, onMissing: Missing? = nil, at mark: SourceMark
        ) {
            self.path = path
            self.operation = operation
            self.onMissing = onMissing
            self.mark = mark
        }
    }

    package enum Path: Hashable, Sendable {
        /// `args.…`
        case argument(ArgumentPath)
        /// `state.<scope>.<counter>`: what the counter says before this call; 0 when unset.
        case state(CounterName)
        /// `time.…`: when the call is made, by the clock of UTC. Native only.
        case time(ClockField)
    }

    /// A part of the time, as a whole number.
    package enum ClockField: String, Hashable, Sendable, CaseIterable {
        /// 0 to 23.
        case hour
        /// Of the hour: 0 to 59.
        case minute
        /// 1 for Monday to 7 for Sunday.
        case weekday
    }

    package enum Missing: String, Hashable, Sendable { case deny, allow }

    /// The operators. `eq` to `exists` are Intercept's, to the letter; the others are ours.
    package enum Operation: Sendable {
        case eq(JSON), neq(JSON)
        case isIn([JSON]), notIn([JSON])
        case lt(JSON), lte(JSON), gt(JSON), gte(JSON)
        case regex(Pattern)
        case contains(JSON)
        case exists(Bool)

        /// The same JSON value: types count, numbers exactly.
        case same(JSON)
        case prefix(String), suffix(String)
        /// `*`, `?`; `*` does not stop at `/`.
        case glob(String)
        /// A path that, with `.` and `..` resolved, lies in this directory or is it.
        case pathWithin(String)
        /// A URL or host name whose host is one of these, or below one that begins with a dot.
        case hostIn([String])
        /// An IP address in this network, `10.0.0.0/8`.
        case cidr(String)
        /// The JSON type: string, integer, number, boolean, array, object, null.
        case type(String)
    }
}

/// A way to a value among the arguments.
package struct ArgumentPath: Hashable, Sendable, CustomStringConvertible {
    package enum Step: Hashable, Sendable {
        case key(String)
        /// From 0; native only, like the three that follow.
        case index(Int)
        /// All elements: the test must hold for each, and there must be one.
        case each
        /// Some element: the test must hold for one.
        case some
        /// How many elements, members or characters there are.
        case length
    }

    package var steps: [Step]
    /// As written, with `args.` in front.
    package var description: String

    package init(_ steps: [Step], written: String) {
        self.steps = steps
        description = written
    }
}
