// Where the descriptors of a worker are.

import Kernel

/// The descriptors a worker keeps; all others are closed before it is locked down.
enum Descriptors {
    static let input: CInt = 0
    static let output: CInt = 1
    static let errors: CInt = 2
    /// Job in, result out.
    static let channel: CInt = 3
    static let firstClosed: CInt = 4

    /// Whether the starter passed the control socket and the lifeline.
    static var areInherited: Bool {
        Files.exists("/proc/self/fd/3") && Files.exists("/proc/self/fd/4")
    }
}
