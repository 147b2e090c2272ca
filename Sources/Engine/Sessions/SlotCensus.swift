// Which processes live in a slot, by the kernel's word.
//
// A program can start processes that hide from it, never from its slot: they stay in the slot's
// control group, and below its init in the tree of processes.

import Jail
import Kernel

/// The processes of one slot: ours are known, all others are strays.
struct SlotCensus {
    private let group: SlotGroup?
    /// The slot's zygote, and what was there before any program: inits, and the first worker.
    private let zygote: CInt
    private let household: Set<CInt>
    private let householdTasks: Int64?

    /// Most processes that a walk looks at: a slot's process limit is below.
    private static let mostWalked = 8192

    /// Taken while the slot's first worker, by its number out here, is parked.
    init(worker: CInt, group: SlotGroup?) throws(SystemError) {
        self.group = group
        zygote = try Self.parent(of: worker)
        let present = group?.processes ?? Self.descendants(of: zygote).union([zygote])
        household = present.subtracting([worker])
        // One for the worker, which has no threads yet.
        householdTasks = group?.taskCount.map { $0 - 1 }
    }

    /// The living processes that are neither the slot's nor among these.
    func strays(besides known: [CInt]) -> Set<CInt> {
        // The usual case, in one small read: as many tasks as there have to be.
        if let householdTasks, group?.taskCount == householdTasks + Int64(known.count) {
            return []
        }
        return allStrays(besides: known)
    }

    private func allStrays(besides known: [CInt]) -> Set<CInt> {
        let present = group?.processes ?? Self.descendants(of: zygote)
        return present.subtracting(household).subtracting(known).subtracting([zygote])
    }

    /// Kills strays until there are none; false when they are still there at the deadline.
    func endStrays(besides known: [CInt], until deadline: Moment) -> Bool {
        while true {
            let found = strays(besides: known)
            if found.isEmpty { return true }
            var handles: [(pid: CInt, handle: WorkerHandle)] = []
            for pid in found {
                // Gone already is good.
                do throws(SystemError) {
                    let handle = try Processes.handle(of: pid)
                    handles.append((pid, WorkerHandle(handle)))
                } catch { continue }
            }
            // A number that still belongs to the slot did so when the handle was made.
            let still = allStrays(besides: known)
            for (pid, handle) in handles where still.contains(pid) { handle.kill() }
            if Moment.now >= deadline { return false }
            Self.pause()
        }
    }

    private static func pause() {
        var poller = Poller()
        do throws(SystemError) {
            _ = try poller.wait(until: Moment.now.advanced(byNanoseconds: 500_000))
        } catch { return }
    }

    // MARK: Without control groups: the tree of processes

    private static func parent(of process: CInt) throws(SystemError) -> CInt {
        let text = String(
            decoding: try Files.contents(of: "/proc/\(process)/status", limit: 8192),
            as: UTF8.self)
        let line = text.split(separator: "\n").first { $0.hasPrefix("PPid:\t") }
        guard let number = line.flatMap({ CInt($0.dropFirst(6)) }), number > 0 else {
            throw SystemError("read", "/proc/\(process)/status", code: ErrorCode.noSuchProcess)
        }
        return number
    }

    /// The living descendants of a process. One that ends meanwhile may take its children out of
    /// sight for a moment: they are below an init of the slot by then.
    private static func descendants(of process: CInt) -> Set<CInt> {
        var found: Set<CInt> = []
        var waiting = [process]
        while let next = waiting.popLast(), found.count < mostWalked {
            for child in children(of: next) where !found.contains(child) {
                waiting.append(child)
                if !isZombie(child) { found.insert(child) }
            }
        }
        return found
    }

    private static func children(of process: CInt) -> [CInt] {
        do throws(SystemError) {
            return try Files.names(in: "/proc/\(process)/task").flatMap { task -> [CInt] in
                let path = "/proc/\(process)/task/\(task)/children"
                do throws(SystemError) {
                    let bytes = try Files.contents(of: path, limit: 1 << 20)
                    return String(decoding: bytes, as: UTF8.self).split(separator: " ")
                        .compactMap { CInt($0) }
                } catch { return [] }
            }
        } catch { return [] }
    }

    private static func isZombie(_ process: CInt) -> Bool {
        do throws(SystemError) {
            let bytes = try Files.contents(of: "/proc/\(process)/stat", limit: 4096)
            // The name is in parentheses and may hold anything.
            guard let end = bytes.lastIndex(of: 0x29), bytes.count > end + 2 else { return true }
            return bytes[end + 2] == 0x5A
        } catch { return true }
    }
}
