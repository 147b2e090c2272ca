// The floor: what a bare fork of the same interpreter costs, with no wall at all.
//
// The benchmark divides by it. It can run one program only, the one spelled out here: a request
// cannot reach it, and no other mode of this executable forks without walls.

import Kernel
import Wire

/// A zygote that forks unprotected workers for the benchmark.
enum FloorZygote {
    static let program = "print(1+1)"

    static func run(control: consuming Descriptor, lifeline: consuming Descriptor) -> Never {
        let reporter = Reporter(control)
        do {
            guard let message = try reporter.socket.receive(limit: controlMessageBytes) else {
                Processes.exitNow(0)
            }
            let plan = try TemplatePlan(Frame(message.bytes))
            try Interpreter.start(paths: [], plan: plan)
            reporter.send(.ready(walls: []))
            try serve(reporter, lifeline)
        } catch {
            reporter.fail(error)
        }
        Processes.exitNow(0)
    }

    private static func serve(
        _ reporter: Reporter, _ lifeline: borrowing Descriptor
    ) throws {
        var poller = Poller()
        poller.add(reporter.socket.raw, .readable)
        let line = poller.add(lifeline.raw, .readable)
        while true {
            _ = try poller.wait(until: nil)
            if !poller[line].isEmpty { return }
            guard
                var message = try reporter.socket.receive(
                    limit: controlMessageBytes, descriptors: ForkOrder.descriptorCount)
            else { return }
            guard let channel = message.takeDescriptor(), let input = message.takeDescriptor(),
                let output = message.takeDescriptor(), let errors = message.takeDescriptor()
            else { continue }
            Interpreter.beforeFork()
            let worker = try Processes.fork()
            if worker == 0 {
                try Interpreter.afterForkInWorker()
                try input.place(at: Descriptors.input)
                try output.place(at: Descriptors.output)
                try errors.place(at: Descriptors.errors)
                try channel.place(at: Descriptors.channel)
                runFixedProgram()
            }
            Interpreter.afterForkInZygote()
            let handle = try Processes.handle(of: worker)
            reporter.send(.forked, attaching: [handle.raw])
            guard let reaped = try Processes.wait(worker) else { continue }
            reporter.send(
                .exited(
                    status: reaped.ending.status,
                    cpuMicroseconds: reaped.usage.userMicroseconds
                        + reaped.usage.systemMicroseconds,
                    peakBytes: reaped.usage.peakBytes, faults: reaped.usage.minorFaults))
        }
    }

    private static func runFixedProgram() -> Never {
        let channel = Descriptor(adopting: Descriptors.channel)
        do {
            // The job is read, for the same traffic, and thrown away.
            _ = try channel.read(limit: 65_536)
            _ = Interpreter.run(Job(code: program).encoded(seal: Seal()))
            while try !channel.read(limit: 1).isEmpty {}
        } catch { Processes.exitNow(1) }
        Processes.exitNow(0)
    }
}
