// All processes of a run, looked at from outside through the process list of their pid namespace.
//
// INVARIANT: numbers and sizes are the kernel's; no byte a process wrote decides anything.

import Jail
import Kernel
import Wire

/// What a run and everything it has started hold, look by look.
final class RunFamily {
    /// Between two looks. A process that fills memory as fast as it can gets this long.
    static let lookMilliseconds: Int64 = 20
    private static let statusBytes = 4096
    /// The namespace's init, which is ours.
    private static let initNumber = "1"
    /// What a process keeps from others: written pages, shared and swapped ones, page tables. What
    /// several share after a fork counts once for each: a bound, never less than the truth.
    private static let heldMemory = ["RssAnon:", "RssShmem:", "VmSwap:", "VmPTE:"]

    private let window: Descriptor
    /// Whether nothing else bounds the memory of all of them together.
    private let boundsMemory: Bool
    private(set) var nextLook = Moment.now.advanced(byMilliseconds: lookMilliseconds)
    /// The most processes that were seen at once.
    private(set) var mostProcesses: Int64 = 1
    /// The most memory that was seen at once, in bytes; 0 where it is not looked at.
    private(set) var mostBytes: Int64 = 0

    init(_ window: consuming Descriptor, boundsMemory: Bool) {
        self.window = window
        self.boundsMemory = boundsMemory
    }

    enum Excess { case memory, processes }

    /// Looks, and says which of the limits is passed, if one is.
    func look(_ limits: Limits) -> Excess? {
        nextLook = Moment.now.advanced(byMilliseconds: Self.lookMilliseconds)
        let numbers: [String]
        do throws(SystemError) {
            numbers = try Files.names(in: "/proc/self/fd/\(window.raw)").filter {
                $0 != Self.initNumber && $0.utf8.allSatisfy { 0x30...0x39 ~= $0 }
            }
        } catch { return nil }  // The namespace is gone, and the run with it.
        mostProcesses = max(mostProcesses, Int64(numbers.count))
        if Int64(numbers.count) > limits.processes { return .processes }
        guard boundsMemory else { return nil }
        let bytes = numbers.reduce(0) { $0 + memory(of: $1) }
        mostBytes = max(mostBytes, bytes)
        return bytes > Profile.polledMemoryBytes(limits) ? .memory : nil
    }

    /// 0: it has ended since it was listed.
    private func memory(of number: String) -> Int64 {
        let status: [UInt8]
        do throws(SystemError) {
            status = try Files.open("\(number)/status", beneath: window)
                .read(limit: Self.statusBytes)
        } catch { return 0 }
        return Self.heldMemory.reduce(0) {
            $0 + 1024 * (WorkerHandle.number(after: $1, in: status) ?? 0)
        }
    }
}
