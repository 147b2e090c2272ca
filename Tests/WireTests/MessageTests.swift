// Every message between supervisor and zygote comes back as it went.

import Testing

@testable import Wire

@Suite struct MessageTests {
    @Test(arguments: [
        TemplatePlan(
            name: "std", startedAsRoot: true, environment: nil, modules: [], prelude: []),
        TemplatePlan(
            name: "sci", startedAsRoot: false, environment: "/srv/ümlaut/site-packages",
            modules: ["numpy", "matplotlib.pyplot"],
            prelude: [
                .init(name: "errors", source: Array("print('x')\n".utf8)),
                .init(name: "empty", source: []), .init(name: "odd", source: [0, 255]),
            ], workspace: SharedDirectory(path: "/srv/mé/a b", isWritable: true)),
    ])
    func `a template plan`(plan: TemplatePlan) throws {
        #expect(try TemplatePlan(Frame(plan.encoded)) == plan)
    }

    static let slot = SlotPlan(
        startedAsRoot: true, user: 0x7000_0001, group: .max, hostname: "sandboa",
        scratchBytes: 64 << 20, scratchFiles: 4096, showsProcesses: true,
        limits: [.init(resource: 2, value: 512 << 20), .init(resource: -1, value: .max)],
        cpuSeconds: 600, usesLandlock: true, slotFilter: [1, 2, 3, 4, 5, 6, 7, 8],
        workerFilter: [], mayFork: false)

    @Test func `a slot plan`() throws {
        #expect(try SlotPlan(Frame(Self.slot.encoded)) == Self.slot)
        var other = Self.slot
        other.startedAsRoot = false
        other.showsProcesses = false
        other.usesLandlock = false
        other.mayFork = true
        other.limits = []
        for isWritable in [true, false] {
            other.workspace = SharedDirectory(path: "/srv/mé/a b", isWritable: isWritable)
            #expect(try SlotPlan(Frame(other.encoded)) == other)
        }
        other.workspace = nil
        #expect(try SlotPlan(Frame(other.encoded)) == other)
    }

    @Test(arguments: [true, false])
    func `a fork order`(warm: Bool) throws {
        let order = ForkOrder(warm: warm)
        #expect(try ForkOrder(Frame(order.encoded)) == order)
    }

    @Test(arguments: [
        ZygoteReport.ready(walls: []),
        .ready(walls: [
            .init(name: "landlock", detail: "ABI 7"), .init(name: "seccomp", detail: ""),
        ]),
        .failed(stage: "root", message: "pivot_root: Invalid argument", code: 22),
        .failed(stage: "", message: "", code: -1), .born, .window, .forked,
        .exited(status: 9, cpuMicroseconds: 1, peakBytes: .max, faults: 0),
        .exited(status: -1, cpuMicroseconds: -1, peakBytes: 0, faults: .min),
    ])
    func `a zygote's report`(report: ZygoteReport) throws {
        #expect(try ZygoteReport(report.encoded) == report)
    }

    @Test func `a long message of a failed zygote is cut to fit a control message`() throws {
        let long = String(repeating: "x", count: 1 << 20)
        let bytes = ZygoteReport.failed(stage: "python", message: long, code: 1).encoded
        #expect(bytes.count < reportBytes)
        guard case .failed(_, let message, _) = try ZygoteReport(bytes) else {
            Issue.record("not a failure")
            return
        }
        #expect(message.count == ZygoteReport.maximumMessageCharacters)
    }

    @Test func `a message is not read as another kind`() {
        let order = ForkOrder(warm: true).encoded
        let plan = Self.slot.encoded
        #expect(throws: FrameError.incomplete(kind: MessageKind.fork)) {
            try SlotPlan(Frame(order))
        }
        #expect(throws: FrameError.incomplete(kind: MessageKind.startSlot)) {
            try ForkOrder(Frame(plan))
        }
        #expect(throws: FrameError.incomplete(kind: MessageKind.startSlot)) {
            try TemplatePlan(Frame(plan))
        }
        #expect(throws: FrameError.incomplete(kind: MessageKind.fork)) {
            try ZygoteReport(order)
        }
        #expect(throws: FrameError.incomplete(kind: MessageKind.fork)) { try RunReport(order) }
    }

    @Test func `a plan that lacks a field is refused`() {
        let empty = FrameWriter(kind: MessageKind.startSlot).finished()
        #expect(throws: FrameError.incomplete(kind: MessageKind.startSlot)) {
            try SlotPlan(Frame(empty))
        }
        let nameless = FrameWriter(kind: MessageKind.configure).finished()
        #expect(throws: FrameError.incomplete(kind: MessageKind.configure)) {
            try TemplatePlan(Frame(nameless))
        }
        let vague = FrameWriter(kind: MessageKind.exited).finished()
        #expect(throws: FrameError.incomplete(kind: MessageKind.exited)) {
            try ZygoteReport(vague)
        }
    }

    @Test func `no two kinds of message share a number`() {
        let kinds = [
            MessageKind.job, MessageKind.result, MessageKind.configure, MessageKind.startSlot,
            MessageKind.fork, MessageKind.ready, MessageKind.failed, MessageKind.born,
            MessageKind.forked, MessageKind.exited, MessageKind.window,
        ]
        #expect(Set(kinds).count == kinds.count)
    }
}
