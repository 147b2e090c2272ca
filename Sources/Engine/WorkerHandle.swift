// A live worker, as the supervisor holds it: a name the kernel vouches for.

import Kernel

/// One worker process. Any thread may kill it; only the thread that runs it asks what it used.
final class WorkerHandle: Sendable {
    private let process: Descriptor
    /// Its number out here, which is its own until the zygote has reaped it, and its status file,
    /// opened early: reading it later costs one call. Nil: it was gone before anybody could look.
    private let window: Window?

    private final class Window: Sendable {
        let hostPid: CInt
        let statusFile: Descriptor

        init?(_ process: borrowing Descriptor) {
            do throws(SystemError) {
                let information = try Files.contents(
                    of: "/proc/self/fdinfo/\(process.raw)", limit: 4096)
                guard let pid = WorkerHandle.number(after: "Pid:", in: information), pid > 0
                else { return nil }
                hostPid = CInt(pid)
                statusFile = try Files.open("/proc/\(pid)/status")
            } catch { return nil }
        }
    }

    init(_ process: consuming Descriptor) {
        window = Window(process)
        self.process = process
    }

    /// Its number out here; nil when it was gone before it could be looked at.
    var hostPid: CInt? { window?.hostPid }

    /// For a poller: readable once the process has ended.
    var raw: CInt { process.raw }

    /// Whether the process has ended by this moment.
    func hasEnded(by moment: Moment = .now) -> Bool {
        var poller = Poller()
        poller.add(process.raw, .readable)
        do throws(SystemError) { return try poller.wait(until: moment) } catch { return true }
    }

    /// How it ended, whoever its parent is; nil: it lives, or the kernel does not tell.
    var ending: Ending? { process.ending }

    /// CPU time so far, in microseconds; 0 when it is gone.
    var cpuMicroseconds: Int64 {
        window.flatMap { Processes.cpuNanoseconds(of: $0.hostPid) }.map { $0 / 1000 } ?? 0
    }

    /// Resident memory that no file stands behind, in bytes, pages shared with other processes
    /// included; 0 when it is gone.
    var anonymousBytes: Int64 {
        guard let window else { return 0 }
        do throws(SystemError) {
            let status = try window.statusFile.read(at: 0, limit: 4096)
            return (Self.number(after: "RssAnon:", in: status) ?? 0) * 1024
        } catch { return 0 }
    }

    /// Memory that this process alone has written to, in bytes; 0 when we may not know.
    var privateBytes: Int64 {
        guard let window else { return 0 }
        do throws(SystemError) {
            let told = try Files.contents(
                of: "/proc/\(window.hostPid)/smaps_rollup", limit: 8192)
            return (Self.number(after: "Private_Dirty:", in: told) ?? 0) * 1024
        } catch { return 0 }
    }

    /// SIGKILL; nothing happens when it is gone already.
    func kill() {
        // A pidfd can fail to signal only when we are not allowed to: then nothing here works.
        do { try process.signal(Signal.kill) } catch { return }
    }

    /// CPU time and peak resident memory so far, by the kernel's account; nil when it is gone.
    func usage() -> (cpuMicroseconds: Int64, peakBytes: Int64, threads: Int64)? {
        guard let window, let cpu = Processes.cpuNanoseconds(of: window.hostPid) else {
            return nil
        }
        let status: [UInt8]
        do { status = try window.statusFile.read(at: 0, limit: 4096) } catch { return nil }
        let peak = Self.number(after: "VmHWM:", in: status) ?? 0
        return (cpu / 1000, peak * 1024, Self.number(after: "Threads:", in: status) ?? 1)
    }

    /// The number that follows a word at the beginning of a line.
    static func number(after word: String, in bytes: [UInt8]) -> Int64? {
        let needle = Array(word.utf8)
        var at = 0
        while at < bytes.count {
            if bytes[at...].starts(with: needle) {
                let rest = bytes[(at + needle.count)...].drop { $0 == 0x20 || $0 == 0x09 }
                var value: Int64 = 0
                for byte in rest {
                    guard byte >= 0x30, byte <= 0x39 else { break }
                    value = value &* 10 &+ Int64(byte - 0x30)
                }
                return value
            }
            guard let end = bytes[at...].firstIndex(of: 0x0A) else { return nil }
            at = end + 1
        }
        return nil
    }
}
