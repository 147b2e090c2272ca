// What a whole tree of processes has used of the processors.
//
// A zygote's workers are gone when one looks, and their zygote is reaped by an init that keeps no
// account. So: the precise clock of each living process, and what each has reaped, which the kernel
// tells in ticks of 10 ms. Over a window of a second that is exact to about one percent.

import Kernel

/// The processes below this one.
enum ProcessTree {
    private static let tickMicroseconds: Int64 = 10_000  // USER_HZ is 100 on every Linux we run on
    private static let statBytes = 4096

    private struct Entry {
        let pid: CInt
        let parent: CInt
        let reapedTicks: Int64
    }

    /// Processor time of this process and of all below it, the reaped ones included, in
    /// microseconds. Children that this process itself has reaped are left out.
    static func processorMicroseconds() throws(SystemError) -> Int64 {
        let entries = try Files.names(in: "/proc").compactMap { CInt($0) }.compactMap(entry)
        var known: Set<CInt> = [Processes.ownPid]
        var total = Processes.ownCPUMicroseconds
        var rest = entries
        while true {
            let below = rest.filter { known.contains($0.parent) }
            if below.isEmpty { return total }
            rest.removeAll { known.contains($0.parent) }
            for entry in below {
                known.insert(entry.pid)
                total += (Processes.cpuNanoseconds(of: entry.pid) ?? 0) / 1000
                total += entry.reapedTicks * tickMicroseconds
            }
        }
    }

    /// Nil: the process has gone meanwhile.
    private static func entry(_ pid: CInt) -> Entry? {
        let bytes: [UInt8]
        do { bytes = try Files.contents(of: "/proc/\(pid)/stat", limit: statBytes) } catch {
            return nil
        }
        // The name, in parentheses, may hold anything: fields are counted from its end.
        guard let close = bytes.lastIndex(of: 0x29) else { return nil }
        let fields = bytes[(close + 1)...].split(separator: 0x20).map {
            Int64(String(decoding: $0, as: UTF8.self)) ?? 0
        }
        // proc(5): state is field 3, so ppid (4) is at 1, cutime (16) at 13, cstime (17) at 14.
        guard fields.count > 14 else { return nil }
        return Entry(pid: pid, parent: CInt(fields[1]), reapedTicks: fields[13] + fields[14])
    }
}
