// A template zygote, as the supervisor holds it.

import Jail
import Kernel
import Synchronization
import Wire

/// A warm Python that slots are forked from. Everything below it dies with its lifeline.
final class Template: Sendable {
    let name: String
    let startedAt: Moment
    private let control: Descriptor
    /// Nobody else holds this end: when it closes, the template's init ends, and all with it.
    private let lifeline: Mutex<Descriptor?>
    private let launcher: CInt

    /// Longest time a template may take to import what it was told to: a cold disk is slow.
    static let startLimitMilliseconds: Int64 = 60_000

    private static let environment = [
        "PATH=/usr/bin:/bin", "HOME=/sandbox/scratch/home", "TMPDIR=/tmp", "LANG=C.UTF-8",
        "LC_ALL=C.UTF-8", "MPLBACKEND=Agg", "MPLCONFIGDIR=/sandbox/configuration",
        // Every symbol is looked up before the first fork, not in each worker.
        "\(LoaderVariable.bindNow)=1",
        // One thread until the fork, and no 64 MiB arenas per thread after it.
        "OPENBLAS_NUM_THREADS=1", "OMP_NUM_THREADS=1", "MKL_NUM_THREADS=1", "MALLOC_ARENA_MAX=1",
    ]

    /// Starts the process; `waitUntilReady` tells when it can fork.
    init(_ plan: TemplatePlan, worker: String, mode: String = "zygote") throws(SystemError) {
        var pair = try SocketPair(.packet)
        var line = try Pipe()
        let control = pair.takeOurs()
        let theirs = pair.takeTheirs()
        let lifelineReader = line.takeReader()
        let null = try Files.open("/dev/null")
        launcher = try Processes.spawn(
            worker, arguments: ["sandboa-worker", mode], environment: Self.environment,
            descriptors: [null.raw, null.raw, 2, theirs.raw, lifelineReader.raw], directory: "/")
        name = plan.name
        startedAt = Moment.now
        lifeline = Mutex(line.takeWriter())
        try control.send(plan.encoded)
        self.control = control
    }

    func waitUntilReady() throws(EngineError) {
        let report = try ReportReader.next(
            from: control, within: Self.startLimitMilliseconds, stage: "template \(name)")
        if case .ready = report.report { return }
        throw report.error("template \(name)")
    }

    /// Asks for a slot on `channel`; its reports arrive on the other end of that.
    func startSlot(
        _ plan: SlotPlan, channel: borrowing Descriptor, groups: [CInt]
    ) throws(SystemError) {
        try control.send(plan.encoded, attaching: [channel.raw] + groups)
    }

    /// For the benchmark's floor: the template itself forks the workers.
    func send(_ order: ForkOrder, attaching descriptors: [CInt]) throws(SystemError) {
        try control.send(order.encoded, attaching: descriptors)
    }

    func nextReport() throws(EngineError) -> ReportReader.Received {
        try ReportReader.next(from: control, within: 10_000, stage: "template \(name)")
    }

    /// Whether the process has gone (the socket's other end is closed).
    var isGone: Bool {
        var poller = Poller()
        let entry = poller.add(control.raw, [])
        do { _ = try poller.wait(until: Moment.now) } catch { return true }
        return !poller[entry].isDisjoint(with: .closed)
    }

    /// Ends a template that has gone, and says what it reported last, if it did.
    func lastWords(or failure: EngineError) -> EngineError {
        defer { end() }
        do throws(EngineError) {
            return try nextReport().error("template \(name)")
        } catch { return failure }
    }

    /// Ends the template and everything forked from it, and reaps it. Ending twice is fine.
    func end() {
        // Its number is ours until it is reaped; only whoever cuts the line may do that.
        let isFirst = lifeline.withLock { $0.take() != nil }
        if !isFirst { return }
        do { _ = try Processes.wait(launcher) } catch { return }
    }
}
