// What became of a run: the kernel's verdict, and what the run said and printed.

/// The end of one run, as a value. Whatever untrusted code does is an outcome, never an error.
package struct Outcome: Hashable, Sendable {
    package var status: Status
    /// The worker's own account, when it gave one that could be read.
    package var report: RunReport?
    /// What ended the run when its own account does not say: which limit, signal or wall.
    package var cause: Cause?
    package var output: CapturedText
    package var errors: CapturedText
    package var usage: Usage
    /// The wall-clock limit that held.
    package var limitMilliseconds: Int64

    package init(
        status: Status, report: RunReport?, cause: Cause?, output: CapturedText,
        errors: CapturedText, usage: Usage, limitMilliseconds: Int64
    ) {
        self.status = status
        self.report = report
        self.cause = cause
        self.output = output
        self.errors = errors
        self.usage = usage
        self.limitMilliseconds = limitMilliseconds
    }

    /// How a run ended. `ok` and `error` are the program's own doing; the others are established
    /// by the kernel and by the supervisor's clock, whatever the worker may have written.
    package enum Status: String, Hashable, Sendable, CaseIterable {
        case ok, error, timeout, memory, killed, crashed, denied, cancelled
    }

    /// One sentence on what ended a run, and what to do.
    package struct Cause: Hashable, Sendable {
        package var type: String
        package var message: String
        package init(type: String, message: String) {
            self.type = type
            self.message = message
        }
    }

    /// What the run used, by the kernel's account.
    package struct Usage: Hashable, Sendable {
        package var wallMicroseconds: Int64
        package var cpuMicroseconds: Int64
        package var peakBytes: Int64
        package var processes: Int64
        package init(
            wallMicroseconds: Int64 = 0, cpuMicroseconds: Int64 = 0, peakBytes: Int64 = 0,
            processes: Int64 = 1
        ) {
            self.wallMicroseconds = wallMicroseconds
            self.cpuMicroseconds = cpuMicroseconds
            self.peakBytes = peakBytes
            self.processes = processes
        }
    }
}
