// From what the kernel saw to a status and a sentence that helps.

import Jail
import Kernel
import Notation
import Wire

/// The rules by which a run's end gets its status.
enum Ruling {
    typealias Result = (Outcome.Status, Outcome.Cause?)

    /// The program came to its own end and said how.
    static func onReport(_ report: RunReport, _ limits: Limits) -> Result {
        switch report.claim {
        case .returned: (.ok, nil)
        case .exited(let code): code == 0 ? (.ok, nil) : (.error, exited(code))
        case .raised where report.errorType == "MemoryError":
            (.memory, cause("MemoryError", memoryText(limits)))
        case .raised, .unsatisfied, .invalid: (.error, nil)
        }
    }

    static func overdue(_ milliseconds: Int64) -> Result {
        (
            .timeout,
            cause(
                "Timeout",
                "stopped after \(milliseconds) ms, the wall-clock limit of this run. Make the code "
                    + "finish sooner, or call again with a larger timeout.")
        )
    }

    static let cancelled: Result = (
        .cancelled, cause("Cancelled", "the client cancelled the call.")
    )

    static func excessive(_ limits: Limits) -> Result {
        (
            .killed,
            cause(
                "OutputLimit",
                "stopped after printing more than \(SizeText.text(bytes: limits.output)), the "
                    + "output limit. Print less, or write to a file.")
        )
    }

    static let garbled: Result = (
        .killed,
        cause(
            "Protocol",
            "stopped: the run flooded the channel that its result belongs on.")
    )

    static func outOfMemory(_ limits: Limits) -> Result {
        (.memory, cause("MemoryLimit", memoryText(limits)))
    }

    static func tooManyProcesses(_ limits: Limits) -> Result {
        (
            .killed,
            cause(
                "ProcessLimit",
                "stopped with more than \(limits.processes) processes at once, the limit of this "
                    + "run. Start fewer.")
        )
    }

    /// The process is gone without a report: the kernel's word is all there is.
    static func onEnding(_ ending: Ending?, _ limits: Limits) -> Result {
        switch ending {
        case .exited(code: 0): (.ok, nil)
        case .exited(let code): (.error, exited(code))
        case .signaled(signal: Signal.badSystemCall):
            (
                .denied,
                cause(
                    "ForbiddenCall",
                    "ended by the system call filter: the code made a call that no ordinary "
                        + "program makes (wall: seccomp).")
            )
        case .signaled(signal: Signal.cpuLimit): overTime(limits)
        case .signaled(let signal) where faults.contains(signal):
            (.crashed, signaled("Crash", signal))
        case .signaled(let signal): (.killed, signaled("Signal", signal))
        case nil:
            (
                .crashed,
                cause(
                    "Crash",
                    "the process and its zygote are gone; the next call is not affected.")
            )
        }
    }

    private static func overTime(_ limits: Limits) -> Result {
        (
            .timeout,
            cause(
                "CPULimit",
                "stopped after \(limits.cpuSeconds) s of CPU time, the limit of this run.")
        )
    }

    private static func exited(_ code: CInt) -> Outcome.Cause {
        cause("SystemExit", "the program exited with code \(code).")
    }

    /// Signals that tell of a fault of the process; the others were sent to it.
    private static let faults: Set<CInt> = [
        Signal.quit, Signal.illegal, Signal.trap, Signal.abort, Signal.bus, Signal.floatingPoint,
        Signal.segmentation,
    ]

    private static func signaled(_ type: String, _ signal: CInt) -> Outcome.Cause {
        cause(type, "the process ended by \(Signal.name(signal)).")
    }

    private static func memoryText(_ limits: Limits) -> String {
        "needed more than \(SizeText.text(bytes: limits.memory)), the memory limit of this run. "
            + "Work on smaller pieces."
    }

    private static func cause(_ type: String, _ message: String) -> Outcome.Cause {
        Outcome.Cause(type: type, message: message)
    }
}
