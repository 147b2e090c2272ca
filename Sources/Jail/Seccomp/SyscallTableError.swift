/// Why a system call table can't be used: where in the file, and what to do about it.
package struct SyscallTableError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The way to the value that is wrong: member names and positions, outermost first.
    ///
    /// A caller that kept the line numbers of the file can look the line up with it.
    package let place: [Step]
    package let problem: String

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
        return text.isEmpty ? problem : "\(text): \(problem)"
    }
}
