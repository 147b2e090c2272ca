/// An action that applies when all its conditions hold.
package struct ArgumentRule: Hashable, Sendable {
    package let conditions: [ArgumentCondition]
    package let action: FilterAction
}
