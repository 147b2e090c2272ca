// The policy in force, and its replacement when the file changes.
//
// INVARIANT: a decision is made by one immutable policy; a change swaps the whole of it.
// INVARIANT: a file that can't be read or understood changes nothing and is told.

package import Kernel
package import Policies
internal import Ledger
internal import Synchronization

/// Holds the compiled policy. Any thread may ask for it.
package final class PolicyKeeper: Sendable {
    private let file: PolicyFile
    private let standing: Mutex<Standing>

    private struct Standing {
        var policy: CompiledPolicy
        /// The hash of the bytes that were last looked at, whether they were any good or not.
        var seen: String
    }

    /// What a look at a changed file gave.
    package enum Change: Sendable {
        case replaced(by: Policy)
        case refused(InvalidPolicy)
        case unreadable(String)
    }

    /// The directory is watched; a file reached through a link that leads elsewhere is not in it.
    private static let lookEveryMilliseconds: Int64 = 2_000

    /// Throws `PolicyFile.Unreadable` or `InvalidPolicy`.
    package init(_ file: PolicyFile) throws {
        self.file = file
        let policy = try file.load()
        standing = Mutex(Standing(policy: CompiledPolicy(policy), seen: policy.hash))
    }

    package var current: CompiledPolicy { standing.withLock { $0.policy } }

    /// Looks for changes on a thread of its own, as long as the program runs. `told` is called on
    /// that thread for each.
    package func watch(_ told: @escaping @Sendable (Change) -> Void) throws(SystemError) {
        let directory = file.path.split(separator: "/", omittingEmptySubsequences: false)
            .dropLast().joined(separator: "/")
        let watched = file.path.hasPrefix("/") && directory.isEmpty ? "/" : directory
        let watch = try DirectoryWatch(watched.isEmpty ? "." : watched)
        let shared = Shared(watch)
        try Threads.start {
            while true {
                shared.wait(until: .now.advanced(byMilliseconds: Self.lookEveryMilliseconds))
                if let change = self.look() { told(change) }
            }
        }
    }

    /// Reads the file again; nil: it is as it was when last looked at.
    package func look() -> Change? {
        do {
            let bytes = try file.contents()
            let hash = SHA256.hex(bytes)
            let isNew = standing.withLock { standing in
                defer { standing.seen = hash }
                return standing.seen != hash
            }
            guard isNew else { return nil }
            // These very bytes: another reading might find others.
            let policy = try file.load(bytes, hash: hash)
            let compiled = CompiledPolicy(policy)
            standing.withLock { $0.policy = compiled }
            return .replaced(by: policy)
        } catch let problems as InvalidPolicy {
            return .refused(problems)
        } catch {
            // Told once, not every two seconds.
            let isNew = standing.withLock { standing in
                defer { standing.seen = "" }
                return !standing.seen.isEmpty
            }
            return isNew ? .unreadable("\(error)") : nil
        }
    }

    /// A watch that a thread's closure can hold.
    private final class Shared: Sendable {
        private let watch: DirectoryWatch
        init(_ watch: consuming DirectoryWatch) { self.watch = watch }

        func wait(until deadline: Moment) {
            // A watch that fails leaves the regular look.
            do { _ = try watch.wait(until: deadline) } catch { return }
        }
    }
}
