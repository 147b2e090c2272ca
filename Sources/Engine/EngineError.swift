// Why the engine could not do its part.

/// A failure on our side: which step, what happened, and what would help.
package struct EngineError: Error, Hashable, Sendable, CustomStringConvertible {
    package let stage: String
    package let message: String
    package let fix: String
    /// The operator's own file or option is wrong: not this machine.
    package let isOperatorMistake: Bool

    package init(
        stage: String, message: String, fix: String, isOperatorMistake: Bool = false
    ) {
        self.isOperatorMistake = isOperatorMistake
        self.stage = stage
        self.message = message
        self.fix = fix
    }

    package var description: String { "\(stage): \(message)" }
}
