// Why the engine could not do its part.

/// A failure on our side: which step, what happened, and what would help.
package struct EngineError: Error, Hashable, Sendable, CustomStringConvertible {
    package let stage: String
    package let message: String
    package let fix: String

    package init(stage: String, message: String, fix: String) {
        self.stage = stage
        self.message = message
        self.fix = fix
    }

    package var description: String { "\(stage): \(message)" }
}
