// The slot that a tree of sessions lives in.
//
// INVARIANT: when a call is over and no other is under way in the tree, the slot holds the tree's
// own processes and the slot's, and nobody else.

import Jail
import Kernel
import Synchronization
import Wire

/// One slot, kept.
final class SessionPlace: Sendable {
    let engine: Engine
    let template: TemplateName
    let index: Int
    let profile: Profile
    let walls: [ZygoteReport.RaisedWall]
    let group: SlotGroup?
    private let boundsMemory: Bool
    /// Whose owner is whoever took this place out of the book, or is the only one to know it.
    private let slot: Monitor<Slot>
    private let census: SlotCensus?
    private let control: Descriptor
    private let null: Descriptor
    /// Shows all processes of the tree; nil: there is nothing to look for.
    private let window: Descriptor?
    /// What the tree's programs leave their files in.
    private let scratch: Scratch?
    /// What the first worker had before any program: shared with its zygote.
    private let firstBytes: Int64
    /// Memory kills in the slot that calls have been told of.
    private let killsTold = Atomic<Int64>(0)

    /// Longest time that killed strays may take to be gone.
    private static let strayMilliseconds: Int64 = 500
    /// What a fork costs at least: its page tables and the pages it writes to at once.
    private static let forkBytes: Int64 = 4 << 20

    /// Takes a slot from the engine; nil: there was none in time, or the call is cancelled.
    static func open(
        _ engine: Engine, _ template: TemplateName, _ request: RunRequest
    ) throws(EngineError) -> (place: SessionPlace, worker: SlotWorker)? {
        guard let slot = try engine.keepSlot(template, request) else { return nil }
        do throws(EngineError) {
            let worker = try slot.lendWorker()
            return (try SessionPlace(slot, worker, engine, template), worker)
        } catch {
            engine.giveUp(slot, template)
            throw error
        }
    }

    private init(
        _ slot: Slot, _ worker: SlotWorker, _ engine: Engine, _ template: TemplateName
    ) throws(EngineError) {
        self.engine = engine
        self.template = template
        self.slot = Monitor(slot)
        index = slot.index
        profile = slot.profile
        walls = slot.walls
        group = slot.group
        firstBytes = worker.handle?.anonymousBytes ?? 0
        window = worker.window.take()
        scratch = worker.scratch
        boundsMemory = slot.boundsMemory
        do throws(SystemError) {
            control = try slot.control.duplicate()
            null = try slot.null.duplicate()
            // Where nothing can fork, there is nobody to look for.
            if slot.profile.mayFork, let pid = worker.handle?.hostPid {
                census = try SlotCensus(worker: pid, group: slot.group)
            } else {
                census = nil
            }
        } catch {
            throw EngineError(
                stage: "session", message: "\(error)", fix: "run `sandboa doctor`")
        }
    }

    func end() { engine.giveUp(slot.read { $0 }, template) }

    // MARK: Calls

    /// One call. Throws only when our own side failed.
    func run(
        _ request: RunRequest, on worker: SlotWorker, isAlone: Bool
    ) throws(EngineError) -> (outcome: Outcome, remains: Remains) {
        let began = WallClock.nanoseconds - Self.clockTick
        if worker.buffer.isEmpty { worker.buffer = [UInt8](repeating: 0, count: Run.readBytes) }
        var run = Run(
            request, seal: Seal(), profile: profile,
            memoryKillsBefore: killsTold.load(ordering: .relaxed),
            cpuMicrosecondsBefore: worker.handle?.cpuMicroseconds ?? 0, isAlone: isAlone,
            family: try family(), buffer: worker.buffer)
        worker.buffer = []
        try run.drive(worker, control)
        let outcome = run.outcome(worker, group)
        worker.buffer = run.buffer
        if outcome.report == nil, let group {
            killsTold.store(group.memoryKills, ordering: .relaxed)
        }
        var remains = Remains()
        run.finishStreams(&remains)
        // Files of earlier calls were told of then.
        if let scratch, outcome.status != .cancelled {
            remains.collect(
                outcome.report, request.artifacts, from: scratch, changedSince: began)
        }
        return (outcome, remains)
    }

    /// How far the file system's clock may be behind, in nanoseconds.
    private static let clockTick: Int64 = 10_000_000

    /// The processes of the tree, for one call to watch.
    private func family() throws(EngineError) -> RunFamily? {
        do throws(SystemError) {
            switch window {
            case .none: return nil
            case .some(let window):
                return RunFamily(try window.duplicate(), boundsMemory: boundsMemory)
            }
        } catch {
            throw EngineError(
                stage: "session", message: "\(error)", fix: "run `sandboa doctor`")
        }
    }

    /// Ends whatever a call has left running; false when it can't be ended.
    func endStrays(besides processes: [SlotWorker]) -> Bool {
        guard let census else { return true }
        return census.endStrays(
            besides: processes.compactMap { $0.handle?.hostPid },
            until: Moment.now.advanced(byMilliseconds: Self.strayMilliseconds))
    }

    // MARK: Forks

    /// Why nothing in this slot can be forked; nil: it can.
    var obstacle: String? {
        if !profile.mayFork {
            return "the profile '\(profile.name)' does not let processes fork (fork: refused)"
        }
        if Landlock.abi < Landlock.scopesABI {
            return "forks could signal each other: that takes the wall landlock at ABI "
                + "\(Landlock.scopesABI) (Linux 6.12), and here it is at \(Landlock.abi)"
        }
        return nil
    }

    /// Whether a further fork fits into the memory that the whole tree may have.
    func hasRoom(with processes: [SlotWorker]) -> Bool {
        if let used = group?.memoryBytes {
            return used + Self.forkBytes <= profile.groupMemoryBytes
        }
        return counted(processes) + Self.forkBytes <= profile.limits.memory
    }

    /// Whether the tree holds more than it may: asked where no control group sees to it.
    func isOverfull(_ processes: [SlotWorker]) -> Bool {
        group?.memoryBytes == nil && counted(processes) > profile.limits.memory
    }

    // Without a memory group nobody tells what forks share: each is counted as if it shared
    // nothing but what the first worker began with.
    private func counted(_ processes: [SlotWorker]) -> Int64 {
        processes.reduce(0) { sum, process in
            sum + max(Self.forkBytes, (process.handle?.anonymousBytes ?? 0) - firstBytes)
        }
    }

    func fork(_ parent: SlotWorker, known: [SlotWorker]) throws(ForkFailure) -> SlotWorker {
        let fork = try Forking.fork(parent, input: null)
        // One that a program has put in the place of its fork is somebody we know, or a child of
        // it: the first must not be taken twice, the second is no worse than the session itself.
        let numbers = known.compactMap { $0.handle?.hostPid }
        guard let number = fork.handle?.hostPid, !numbers.contains(number) else {
            fork.handle?.kill()
            throw .lost("another process answered in the fork's place")
        }
        return fork
    }
}
