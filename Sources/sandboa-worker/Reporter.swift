// A zygote's way to tell the supervisor something.

import Jail
import Kernel
import Wire

/// The control socket of a zygote.
final class Reporter {
    let socket: Descriptor
    private var isOpen = true

    init(_ socket: consuming Descriptor) { self.socket = socket }

    /// For a process that must not keep the socket: it is closed without being given up.
    func close() {
        isOpen = false
        do { try Descriptor.null().place(at: socket.raw) } catch { Processes.exitNow(1) }
    }

    func send(_ report: ZygoteReport, attaching attached: [CInt] = []) {
        // Without a supervisor there is nobody left to work for.
        do { try socket.send(report.encoded, attaching: attached) } catch { Processes.exitNow(0) }
    }

    /// Reports why this process cannot go on, and ends it.
    func fail(_ error: any Error) -> Never {
        if isOpen { send(Self.report(error)) }
        Processes.exitNow(1)
    }

    private static func report(_ error: any Error) -> ZygoteReport {
        switch error {
        case let error as StageError:
            .failed(stage: error.stage, message: "\(error.cause)", code: error.cause.code)
        case let error as SystemError:
            .failed(stage: "kernel", message: "\(error)", code: error.code)
        case let error as Interpreter.Failure:
            .failed(stage: error.stage, message: error.message, code: error.code)
        default:
            .failed(stage: "protocol", message: "\(error)", code: 0)
        }
    }
}

extension Descriptor {
    static func null() throws(SystemError) -> Descriptor { try Files.open("/dev/null") }
}
