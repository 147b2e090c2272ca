// For the benchmark: the client of the floor, a bare fork without walls.
//
// INVARIANT: nothing but the worker's own fixed program runs here; the job sent is thrown away.

import Kernel
import Wire

/// A warm Python that forks unprotected workers, each for the one program of the benchmark.
package final class FloorClient {
    private let template: Template
    private let null: Descriptor
    private let job: [UInt8]

    private static let stage = "floor"
    private static let limitMilliseconds: Int64 = 10_000
    private static let frameBytes = 65_536

    /// `job` is what is written to the worker, so that the traffic is that of a run.
    package init(_ configuration: EngineConfiguration, job: [UInt8]) throws(EngineError) {
        self.job = job
        do throws(SystemError) {
            null = try Files.open("/dev/null")
            template = try Template(
                configuration.templatePlan(.std, groups: []),
                worker: configuration.installation.worker,
                mode: "floor")
        } catch { throw Self.failure("\(error)") }
        try template.waitUntilReady()
    }

    package func end() { template.end() }

    /// What one bare run gave.
    package struct Ran: Sendable {
        /// From the order to the whole result and what was printed.
        package let nanoseconds: Int64
        package let output: [UInt8]
    }

    /// One fork, one program, one result; returns when the worker is reaped.
    package func run() throws(EngineError) -> Ran {
        do {
            let ran = try measure()
            while true {
                if case .exited = try template.nextReport().report { return ran }
            }
        } catch let error as EngineError {
            throw error
        } catch { throw Self.failure("\(error)") }
    }

    private func measure() throws -> Ran {
        let start = Moment.now
        var pair = try SocketPair(.stream)
        var outputPipe = try Pipe()
        let channel = pair.takeOurs()
        let output = outputPipe.takeReader()
        let writer = outputPipe.takeWriter()
        try output.setNonblocking(true)
        // The zygote gets copies; ours must be closed before the worker's end is waited for.
        let theirs = pair.takeTheirs()
        try template.send(
            ForkOrder(warm: false), attaching: [theirs.raw, null.raw, writer.raw, writer.raw])
        try channel.write(job)
        try awaitFrame(channel)
        let printed = try output.read(limit: Self.frameBytes)
        return Ran(nanoseconds: Moment.now.nanoseconds(since: start), output: printed)
    }

    private func awaitFrame(_ channel: borrowing Descriptor) throws {
        var poller = Poller()
        poller.add(channel.raw, .readable)
        let deadline = Moment.now.advanced(byMilliseconds: Self.limitMilliseconds)
        var frame: [UInt8] = []
        while true {
            guard try poller.wait(until: deadline) else { throw Self.failure("no result in time") }
            let part = try channel.read(limit: Self.frameBytes)
            if part.isEmpty { throw Self.failure("the worker ended without a result") }
            frame += part
            guard frame.count >= Frame.headerBytes else { continue }
            if frame.count >= Frame.headerBytes + (try Frame.header(of: frame).size) { break }
        }
        _ = try RunReport(frame)
    }

    private static func failure(_ message: String) -> EngineError {
        EngineError(stage: stage, message: message, fix: "run `sandboa doctor`")
    }
}
