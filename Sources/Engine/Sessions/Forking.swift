// How the supervisor has a session forked: an order down, a hello back on a channel of its own.
//
// INVARIANT: what comes back decides only whether there is a fork; who it is, the kernel says.

import Kernel
import Wire

/// Why there is no fork.
enum ForkFailure: Error {
    /// These stand in the way; the session goes on as before.
    case obstacles([String])
    /// The kernel would not, or the fork did not come up; the session goes on as before.
    case failed(String)
    /// The process that was to fork is gone, or no longer does what it is told.
    case lost(String)
}

/// One fork of a session's process.
enum Forking {
    /// Longest time from the order to the hello: a large process has large page tables.
    private static let milliseconds: Int64 = 10_000
    /// Longest wait for a reason once there will be no hello.
    private static let answerMilliseconds: Int64 = 1_000
    private static let readBytes = 16_384

    /// Our ends of a fork's streams.
    private struct Ends: ~Copyable {
        let channel: Descriptor
        let output: Descriptor
        let errors: Descriptor
    }

    /// Has `parent` forked; it is parked from then on. `input` becomes the standard input.
    static func fork(
        _ parent: SlotWorker, input: borrowing Descriptor
    ) throws(ForkFailure) -> SlotWorker {
        let seal = Seal()
        do {
            let ends = try order(parent, seal, input)
            let handle = WorkerHandle(try awaitHello(ends, parent, seal))
            try ends.channel.namesSenders(false)
            return SlotWorker(
                fork: handle, channel: ends.channel, output: ends.output, errors: ends.errors)
        } catch let failure as ForkFailure {
            throw failure
        } catch {
            throw .lost("it takes no orders: \(error)")
        }
    }

    /// Sends the order. Their ends are closed here: the fork's death must be the channel's end.
    private static func order(
        _ parent: SlotWorker, _ seal: Seal, _ input: borrowing Descriptor
    ) throws(SystemError) -> Ends {
        var pair = try SocketPair(.stream)
        var outputPipe = try Pipe()
        var errorPipe = try Pipe()
        let ends = Ends(
            channel: pair.takeOurs(), output: outputPipe.takeReader(),
            errors: errorPipe.takeReader())
        let theirs = pair.takeTheirs()
        let outputWriter = outputPipe.takeWriter()
        let errorWriter = errorPipe.takeWriter()
        try ends.channel.setNonblocking(true)
        try ends.channel.namesSenders(true)
        try ends.output.setNonblocking(true)
        try ends.errors.setNonblocking(true)
        try parent.channel.send(
            SessionFork.order(seal),
            attaching: [theirs.raw, input.raw, outputWriter.raw, errorWriter.raw])
        return ends
    }

    /// Waits for the fork's hello, or for why there is none. Gives a pidfd of who said it.
    private static func awaitHello(
        _ ends: borrowing Ends, _ parent: SlotWorker, _ seal: Seal
    ) throws -> Descriptor {
        var deadline = Moment.now.advanced(byMilliseconds: milliseconds)
        var hasEnded = false
        var refusal = ResultScanner(seal)
        var poller = Poller()
        let hello = poller.add(ends.channel.raw, .readable)
        let answer = poller.add(parent.channel.raw, .readable)
        let end = poller.add(parent.handle?.raw ?? -1, .readable)
        while try poller.wait(until: deadline) {
            if !poller[hello].isEmpty {
                var said = try ends.channel.receiveSigned(limit: SessionFork.helloBytes + 1)
                if said.bytes.isEmpty {
                    // A parent that refuses lets go of this end, too, and then says why.
                    hasEnded = true
                    poller.drop(hello)
                    deadline = min(deadline, .now.advanced(byMilliseconds: answerMilliseconds))
                    continue
                }
                guard SessionFork.isHello(said.bytes, to: seal), let sender = said.takeSender()
                else { throw ForkFailure.lost("what answered is no fork of it") }
                return sender
            }
            if !poller[answer].isEmpty {
                var buffer = [UInt8](repeating: 0, count: readBytes)
                guard let got = try parent.channel.read(into: &buffer, from: 0), got > 0 else {
                    throw ForkFailure.lost("it has closed its channel")
                }
                try hear(refusal.add(buffer[..<got]))
            } else if !poller[end].isEmpty {
                throw ForkFailure.lost("its process has ended")
            }
        }
        if hasEnded { throw ForkFailure.failed("the fork ended before it was ready") }
        throw ForkFailure.lost("it did not fork within \(milliseconds) ms")
    }

    private static func hear(_ finding: ResultScanner.Finding) throws(ForkFailure) {
        switch finding {
        case .incomplete: return
        case .flooded, .broken: throw .lost("it floods its channel")
        case .result(let report) where report.obstacles.isEmpty:
            throw .failed(report.errorMessage ?? "the kernel refused the fork")
        case .result(let report): throw .obstacles(report.obstacles)
        }
    }
}
