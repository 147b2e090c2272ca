// Source text as an argument.

import Wire

extension Job {
    /// A job for the argument `code`; throws when it is longer than a worker takes.
    init(checked code: String) throws(ToolError) {
        guard code.utf8.count <= Job.maximumCodeBytes else {
            throw ToolError("code: at most \(Job.maximumCodeBytes) bytes")
        }
        self.init(code: code)
    }
}
