// The supervisor's ends of one worker: where its job goes in and everything else comes out.

import Kernel
import Wire

/// A worker that a slot was told to fork, seen from outside. Ends close when it is dropped.
final class SlotWorker {
    let channel: Descriptor
    let output: Descriptor
    let errors: Descriptor
    /// What its result will begin with.
    let seal = Seal()
    /// Known once the zygote has reported the fork.
    var handle: WorkerHandle?
    /// Known at the same moment.
    private(set) var scratch: Scratch?
    /// The processes of its pid namespace, from where it can start some.
    var window: Descriptor?
    /// The kernel's word on its end, once it is reaped.
    var ending: Ended?

    /// A fork of a session: its zygote knows nothing of it, so the kernel is asked itself.
    let isFork: Bool
    /// Lent to each call of a session, as a slot's is to each run.
    var buffer: [UInt8] = []

    struct Ended {
        /// nil: the kernel does not tell.
        let ending: Ending?
        let cpuMicroseconds: Int64
        let peakBytes: Int64
    }

    /// Orders a worker on a zygote's control socket. `input` becomes its standard input.
    init(
        on control: borrowing Descriptor, warm: Bool, input: borrowing Descriptor
    ) throws(SystemError) {
        var pair = try SocketPair(.stream)
        var outputPipe = try Pipe()
        var errorPipe = try Pipe()
        let ours = pair.takeOurs()
        let theirs = pair.takeTheirs()
        let outputReader = outputPipe.takeReader()
        let outputWriter = outputPipe.takeWriter()
        let errorReader = errorPipe.takeReader()
        let errorWriter = errorPipe.takeWriter()
        try ours.setNonblocking(true)
        try outputReader.setNonblocking(true)
        try errorReader.setNonblocking(true)
        try control.send(
            ForkOrder(warm: warm).encoded,
            attaching: [theirs.raw, input.raw, outputWriter.raw, errorWriter.raw])
        channel = ours
        output = outputReader
        errors = errorReader
        isFork = false
    }

    /// A fork of a session that has said hello.
    init(
        fork handle: WorkerHandle, channel: consuming Descriptor, output: consuming Descriptor,
        errors: consuming Descriptor
    ) {
        self.channel = channel
        self.output = output
        self.errors = errors
        self.handle = handle
        isFork = true
    }

    /// What becomes readable when there is something to `hear`.
    func news(_ control: borrowing Descriptor) -> CInt {
        isFork ? handle?.raw ?? -1 : control.raw
    }

    /// Takes in one piece of news, waiting for it at most so long.
    func hear(
        _ control: borrowing Descriptor, within milliseconds: Int64
    ) throws(EngineError) {
        guard isFork else {
            return try learn(
                ReportReader.next(from: control, within: milliseconds, stage: "slot"))
        }
        let limit = Moment.now.advanced(byMilliseconds: milliseconds)
        guard let handle, handle.hasEnded(by: limit) else {
            throw EngineError(stage: "session", message: "it does not end", fix: "try again")
        }
        // The kernel knows the status only when it has taken the process away, a moment later.
        var told = handle.ending
        var attempts = 0
        while told == nil, attempts < Self.endingAttempts {
            attempts += 1
            var pause = Poller()
            do throws(SystemError) {
                _ = try pause.wait(until: Moment.now.advanced(byNanoseconds: 200_000))
            } catch { break }
            told = handle.ending
        }
        ending = Ended(ending: told, cpuMicroseconds: 0, peakBytes: 0)
    }

    private static let endingAttempts = 20

    /// Takes in one report from the zygote.
    func learn(_ received: consuming ReportReader.Received) throws(EngineError) {
        switch received.report {
        case .forked:
            guard let process = received.takeAttached() else {
                throw received.error("worker")
            }
            handle = WorkerHandle(process)
            if let directory = received.takeSecond() { scratch = Scratch(directory) }
        case .window: window = received.takeAttached()
        case .exited(let status, let cpu, let peak, _):
            ending = Ended(
                ending: Ending(status: status), cpuMicroseconds: cpu, peakBytes: peak)
        default:
            throw received.error("slot")
        }
    }
}
