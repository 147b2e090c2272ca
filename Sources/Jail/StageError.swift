// A wall that could not be raised.

package import Kernel

/// A step of raising the walls that failed: which step, and what the kernel said.
package struct StageError: Error, Hashable, Sendable, CustomStringConvertible {
    package let stage: String
    package let cause: SystemError

    package init(_ stage: String, _ cause: SystemError) {
        self.stage = stage
        self.cause = cause
    }

    package var description: String { "\(stage): \(cause)" }
}

/// Runs one step of a ladder under its name.
package func stage<Result: ~Copyable>(
    _ name: String, _ step: () throws(SystemError) -> Result
) throws(StageError) -> Result {
    do { return try step() } catch { throw StageError(name, error) }
}
