// What the engine is asked to run.

package import Jail
package import Kernel
package import Wire

/// One run: the job, how long it may take, and how to hear of it meanwhile.
package struct RunRequest: Sendable {
    package var job: Job
    /// From the moment the call came in; waiting for a slot counts.
    package var startedAt: Moment
    package var deadline: Moment
    package var limitMilliseconds: Int64
    /// What holds for this run in place of the profile's limits, none of it above them; nil: the
    /// profile's. Scratch space is fixed when a slot is founded and cannot be lowered here.
    package var limits: Limits?
    package var cancellation: Cancellation
    /// A descriptor of ours to become the run's standard input; nil: end of file.
    package var input: CInt?
    /// Called about every `progressMilliseconds` with the last line printed.
    package var progress: (@Sendable (String) -> Void)?

    /// Called when the run turns out not to end at once, or has to wait for a worker. May be
    /// repeated; a short run never calls it.
    package var underWay: (@Sendable () -> Void)?
    /// Given every piece of output as it comes, before anything is left out.
    package var listener: (@Sendable (Stream, ArraySlice<UInt8>) -> Void)?

    package enum Stream: Sendable { case output, errors }

    package static let progressMilliseconds: Int64 = 2_000

    package init(
        job: Job, limitMilliseconds: Int64, since start: Moment = .now,
        cancellation: Cancellation = Cancellation()
    ) {
        self.job = job
        self.limitMilliseconds = limitMilliseconds
        startedAt = start
        deadline = start.advanced(byMilliseconds: limitMilliseconds)
        self.cancellation = cancellation
    }
}
