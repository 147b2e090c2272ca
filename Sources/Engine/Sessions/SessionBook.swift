// The book of all sessions: who lives in which tree, on which snapshots, and who needs whom. Pure.
//
//     tree      one slot: a first process and everything forked from it
//     snapshot  a process that is parked for good; its forks are sessions, or further snapshots
//     session   a name for the process that takes its calls: always a leaf of its tree
//
// INVARIANT: a session of another owner does not exist.
// INVARIANT: while a tree has a session, its first process lives: the slot ends with it.
// INVARIANT: what is taken out of the book is given to the caller, who ends it.

import Kernel
import Wire

/// `Process` and `Place` are whatever a process and a slot are to the one who keeps the book.
struct SessionBook<Process, Place> {
    struct Key: Hashable, Sendable {
        let owner: String
        let id: String
    }

    /// What goes back in time with a session.
    struct Record {
        var calls = 0
        var names = 0
        var history = SessionHistory()
    }

    struct Session {
        /// Tells a session from an earlier one of the same name.
        let birth: Int
        let tree: Int
        /// nil: lost, and its snapshots are left.
        var process: Process?
        var origin: String?
        var depth: Int
        var record: Record
        /// Whether it has been called since it was forked: if not, it is what its snapshot is.
        var isChanged = true
        let bornAt: Moment
        var usedAt: Moment
        var lost: String?
    }

    struct Snapshot {
        let id: String
        let label: String?
        let session: Key
        let birth: Int
        let tree: Int
        var parent: String?
        let depth: Int
        let record: Record
        let takenAt: Moment
        let process: Process
    }

    /// A call under way.
    struct Call {
        let birth: Int
        let tree: Int
        /// Which call of the session it is, from 1.
        let number: Int
        let process: Process
        let place: Place
    }

    struct Tree {
        let place: Place
        var callsUnderWay = 0
    }

    /// A session that has ended without its owner's wish.
    struct Obituary {
        let reason: String
        let history: SessionHistory
        let number: Int
    }

    /// What is out of the book and has to be ended.
    struct Removal {
        var processes: [Process] = []
        var places: [Place] = []
    }

    typealias Turns = SessionTurns<Key>

    let limits: SessionLimits
    var sessions: [Key: Session] = [:]
    var snapshots: [String: Snapshot] = [:]
    var trees: [Int: Tree] = [:]
    var obituaries: [Key: Obituary] = [:]
    /// Sessions that are being made.
    var reserved: Set<Key> = []
    var turns = Turns()
    var isEnding = false
    var isKept = false
    private var lastNumber = 0

    init(limits: SessionLimits) { self.limits = limits }

    private mutating func nextNumber() -> Int {
        lastNumber += 1
        return lastNumber
    }

    // MARK: Beginning

    /// Makes room for a session of this name, or says why there is none.
    mutating func reserve(_ key: Key) throws(SessionRefusal) {
        if isEnding { throw SessionRefusal(.limit, "the server is ending: start it again") }
        if sessions[key] != nil || reserved.contains(key) {
            throw SessionRefusal(
                .busy, "there is a session '\(key.id)' already: take another name for the new one")
        }
        guard sessions.count + reserved.count < limits.sessions else {
            throw SessionRefusal(
                .limit,
                "\(limits.sessions) sessions are open, the most there may be: end one with "
                    + "\(limits.clearingWith), or wait until an unused one ends by itself")
        }
        reserved.insert(key)
    }

    mutating func forgetReservation(_ key: Key) { reserved.remove(key) }

    /// A reserved session begins, in a tree of its own. The obituary of the one before is gone.
    mutating func begin(_ key: Key, _ process: Process, in place: Place, at now: Moment) {
        let tree = nextNumber()
        trees[tree] = Tree(place: place)
        reserved.remove(key)
        obituaries[key] = nil
        sessions[key] = Session(
            birth: nextNumber(), tree: tree, process: process, origin: nil, depth: 0,
            record: Record(), bornAt: now, usedAt: now, lost: nil)
    }

    // MARK: Calls

    /// A living session's call begins.
    mutating func beginCall(_ key: Key) -> Call? {
        guard let session = sessions[key], let process = session.process,
            let place = trees[session.tree]?.place
        else { return nil }
        trees[session.tree]?.callsUnderWay += 1
        return Call(
            birth: session.birth, tree: session.tree, number: session.record.calls + 1,
            process: process, place: place)
    }

    /// It is over. Whether it was the only one in its tree.
    @discardableResult
    mutating func endCall(
        _ key: Key, _ call: Call, _ entry: HistoryEntry, names: Int?, at now: Moment
    ) -> Bool {
        let wasAlone = trees[call.tree]?.callsUnderWay == 1
        trees[call.tree]?.callsUnderWay -= 1
        guard sessions[key]?.birth == call.birth else { return wasAlone }
        // In place: a history is long, and a copy would be made of it.
        sessions[key]?.record.calls = call.number
        if let names { sessions[key]?.record.names = names }
        sessions[key]?.record.history.add(entry, limits)
        sessions[key]?.isChanged = true
        sessions[key]?.usedAt = now
        return wasAlone
    }

    // MARK: Going back in time

    /// Whether a living session may have one more fork taken of it.
    func checkRoom(above depth: Int, forSnapshot: Bool) throws(SessionRefusal) {
        if forSnapshot, snapshots.count >= limits.snapshots {
            throw SessionRefusal(
                .limit,
                "there are \(limits.snapshots) snapshots, the most there may be: end a session "
                    + "that has some with \(limits.clearingWith)")
        }
        guard depth < limits.depth else {
            throw SessionRefusal(
                .limit,
                "this session has gone through \(depth) snapshots, the most there may be in a row: "
                    + "roll back to an earlier one, or begin a new session")
        }
    }

    /// The session's process is parked as a snapshot, and `live` goes on in its place.
    mutating func takeSnapshot(
        _ key: Key, id: String, label: String?, live: Process, at now: Moment
    ) -> Snapshot? {
        guard var session = sessions[key], let process = session.process else { return nil }
        let snapshot = Snapshot(
            id: id, label: label, session: key, birth: session.birth, tree: session.tree,
            parent: session.origin, depth: session.depth, record: session.record, takenAt: now,
            process: process)
        snapshots[id] = snapshot
        session.process = live
        session.origin = id
        session.isChanged = false
        session.depth += 1
        session.usedAt = now
        sessions[key] = session
        return snapshot
    }

    /// The snapshot a session can go back to: this one, or the one it came from last.
    func snapshot(_ id: String?, for key: Key) throws(SessionRefusal) -> Snapshot {
        guard let session = sessions[key] else { throw noSession(key) }
        let known = snapshots.values.filter { $0.tree == session.tree }
        guard let wanted = id ?? session.origin else {
            throw SessionRefusal(
                .notFound, "the session '\(key.id)' has no snapshot yet: take one first")
        }
        if let found = known.first(where: { $0.id == wanted }) { return found }
        let list = known.sorted { $0.takenAt < $1.takenAt }.map(\.id).joined(separator: ", ")
        throw SessionRefusal(
            .notFound,
            "there is no snapshot '\(wanted)' in the tree of session '\(key.id)'; "
                + (list.isEmpty ? "there is none at all: take one first" : "there are: \(list)"))
    }

    /// The session goes on as a fork of this snapshot; gives the process it had.
    mutating func rollBack(
        _ key: Key, to snapshot: Snapshot, live: Process, at now: Moment
    ) -> Process? {
        guard var session = sessions[key] else { return live }
        let before = session.process
        session.process = live
        session.origin = snapshot.id
        session.isChanged = false
        session.depth = snapshot.depth + 1
        session.record = snapshot.record
        session.usedAt = now
        session.lost = nil
        sessions[key] = session
        return before
    }

    /// A reserved session begins as a fork of this snapshot.
    mutating func branch(
        _ key: Key, from snapshot: Snapshot, live: Process, at now: Moment
    ) {
        reserved.remove(key)
        obituaries[key] = nil
        sessions[key] = Session(
            birth: nextNumber(), tree: snapshot.tree, process: live, origin: snapshot.id,
            depth: snapshot.depth + 1, record: snapshot.record, isChanged: false, bornAt: now,
            usedAt: now, lost: nil)
    }

    // MARK: Ending

    /// The session's process is gone. With snapshots to go back to it stays, else it is forgotten.
    mutating func lose(_ key: Key, birth: Int, _ reason: String) -> Removal {
        guard var session = sessions[key], session.birth == birth else { return Removal() }
        guard session.origin != nil else { return drop(key, reason) }
        let removal = Removal(processes: session.process.map { [$0] } ?? [])
        session.process = nil
        session.lost = reason
        sessions[key] = session
        return removal
    }

    /// Takes a session out, with the snapshots that nobody else lives on. `reason`: why it ended
    /// without its owner's wish, to be told at the next call of that name.
    mutating func drop(_ key: Key, _ reason: String?) -> Removal {
        guard let session = sessions.removeValue(forKey: key) else { return Removal() }
        if let reason { remember(key, session, reason) }
        var removal = Removal(processes: session.process.map { [$0] } ?? [])
        let mates = sessions.values.filter { $0.tree == session.tree }
        let needed = neededSnapshots(in: session.tree)
        for snapshot in snapshots.values
        where snapshot.tree == session.tree && !needed.contains(snapshot.id) {
            removal.processes.append(snapshot.process)
            forget(snapshot)
        }
        if mates.isEmpty, let tree = trees.removeValue(forKey: session.tree) {
            removal.places.append(tree.place)
        }
        return removal
    }

    /// The first process of a tree is gone, and with it all of the tree.
    mutating func loseTree(_ number: Int, _ reason: String) -> Removal {
        var removal = Removal()
        for (key, session) in sessions where session.tree == number {
            remember(key, session, reason)
            sessions[key] = nil
        }
        for snapshot in snapshots.values where snapshot.tree == number {
            snapshots[snapshot.id] = nil
        }
        if let tree = trees.removeValue(forKey: number) { removal.places.append(tree.place) }
        return removal
    }

    /// A snapshot's process is gone.
    mutating func lose(_ snapshot: Snapshot, _ reason: String) -> Removal {
        guard snapshot.parent != nil else { return loseTree(snapshot.tree, reason) }
        forget(snapshot)
        return Removal(processes: [snapshot.process])
    }

    /// Takes a snapshot out of the line of those that came after it.
    private mutating func forget(_ snapshot: Snapshot) {
        guard let gone = snapshots.removeValue(forKey: snapshot.id) else { return }
        for (id, other) in snapshots where other.parent == gone.id {
            snapshots[id]?.parent = gone.parent
        }
        for (key, session) in sessions where session.origin == gone.id {
            sessions[key]?.origin = gone.parent
        }
    }

    /// The snapshots that sessions have taken or live on, and what those came from.
    private func neededSnapshots(in tree: Int) -> Set<String> {
        var needed: Set<String> = []
        let births = Set(sessions.values.filter { $0.tree == tree }.map(\.birth))
        let taken = snapshots.values.filter { births.contains($0.birth) }.map(\.id)
        let origins = sessions.values.filter { $0.tree == tree }.compactMap(\.origin)
        for start in taken + origins {
            var at: String? = start
            while let id = at, needed.insert(id).inserted { at = snapshots[id]?.parent }
        }
        return needed
    }

    private mutating func remember(_ key: Key, _ session: Session, _ reason: String) {
        obituaries[key] = Obituary(
            reason: reason, history: session.record.history, number: nextNumber())
        if obituaries.count > SessionLimits.remembered,
            let oldest = obituaries.min(by: { $0.value.number < $1.value.number })
        {
            obituaries[oldest.key] = nil
        }
    }

    func noSession(_ key: Key) -> SessionRefusal {
        let others = sessions.keys.filter { $0.owner == key.owner }.map(\.id).sorted()
        let known =
            others.isEmpty
            ? "there is none: running code with an id begins one"
            : "there are: " + others.joined(separator: ", ")
        let gone = obituaries[key].map { " (it has ended: \($0.reason))" } ?? ""
        return SessionRefusal(.notFound, "there is no session '\(key.id)'\(gone); \(known)")
    }
}
