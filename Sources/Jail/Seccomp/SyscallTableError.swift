package import Notation

/// Why a system call table can't be used: where in the file, and what to do about it.
package struct SyscallTableError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The way to the value that is wrong: member names and positions, outermost first.
    package let place: [Step]
    package let problem: String
    /// Line and column, if the table came from a text.
    package let position: YAMLPosition?

    init(place: [Step], problem: String, position: YAMLPosition? = nil) {
        self.place = place
        self.problem = problem
        self.position = position
    }

    package enum Step: Hashable, Sendable {
        case member(String)
        case item(Int)
    }

    package var description: String {
        var text = ""
        for step in place {
            switch step {
            case .member(let name): text += text.isEmpty ? name : ".\(name)"
            case .item(let index): text += "[\(index)]"
            }
        }
        let parts = [position?.description, text.isEmpty ? nil : text, problem]
        return parts.compactMap { $0 }.joined(separator: ": ")
    }
}
