// Threads and waiting between them. The only place with `@unchecked Sendable`.

internal import CKernel

package enum Threads {
    /// Enough for a call's run from top to bottom; a thread costs what it touches.
    package static let stackBytes = 512 * 1024

    /// Starts a detached thread.
    package static func start(_ body: @escaping @Sendable () -> Void) throws(SystemError) {
        // SAFETY: the thread takes the retained box exactly once; on failure it is released here.
        let box = unsafe Unmanaged.passRetained(Body(body)).toOpaque()
        let result = unsafe sbx_thread_start(
            { context in
                guard let context = unsafe context else { return }
                let box = unsafe Unmanaged<Body>.fromOpaque(context).takeRetainedValue()
                box.run()
            }, box, stackBytes)
        if result < 0 { unsafe Unmanaged<Body>.fromOpaque(box).release() }
        try check(result, "pthread_create")
    }

    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Threads of this process right now.
    package static func count() throws(SystemError) -> Int {
        Int(try check(sbx_thread_count(), "opendir", "/proc/self/task"))
    }
}

/// A value behind a lock that threads can wait on until it changes.
///
/// INVARIANT: `state` is touched only between lock and unlock of `condition`.
/// SAFETY: hence it may be shared; the lock is all that makes it so.
@safe package final class Monitor<State>: @unchecked Sendable {
    // SAFETY: an opaque C allocation, made in init, freed in deinit, never shared out.
    private let condition: UnsafeMutableRawPointer
    private var state: State

    package init(_ state: State) {
        // SAFETY: the shim aborts rather than return nothing.
        unsafe condition = sbx_condition_make()
        self.state = state
    }

    // SAFETY: nobody can wait on an object that nobody holds.
    deinit { unsafe sbx_condition_free(condition) }

    /// Changes the state and wakes every waiter, also when the change fails half way.
    package func update<Result, Failure: Error>(
        _ change: (inout State) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // SAFETY: lock and unlock of an initialized mutex, paired by defer.
        unsafe sbx_condition_lock(condition)
        defer {
            unsafe sbx_condition_broadcast(condition)
            unsafe sbx_condition_unlock(condition)
        }
        return try change(&state)
    }

    /// Changes the state and wakes one waiter: for work that any one of them can do.
    package func updateOne<Result>(_ change: (inout State) -> Result) -> Result {
        // SAFETY: as in `update`.
        unsafe sbx_condition_lock(condition)
        defer {
            unsafe sbx_condition_signal(condition)
            unsafe sbx_condition_unlock(condition)
        }
        return change(&state)
    }

    /// Looks at (or quietly changes) the state without waking anybody.
    package func read<Result, Failure: Error>(
        _ look: (inout State) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // SAFETY: as in `update`.
        unsafe sbx_condition_lock(condition)
        defer { unsafe sbx_condition_unlock(condition) }
        return try look(&state)
    }

    /// Waits until `attempt` gives something, or the deadline has passed.
    package func wait<Result>(
        until deadline: Moment? = nil, _ attempt: (inout State) -> Result?
    ) -> Result? {
        // SAFETY: as in `update`; the wait releases and retakes the same mutex.
        unsafe sbx_condition_lock(condition)
        defer { unsafe sbx_condition_unlock(condition) }
        while true {
            if let result = attempt(&state) { return result }
            let limit = deadline?.nanoseconds ?? -1
            if unsafe sbx_condition_wait(condition, limit) == 0 { return attempt(&state) }
        }
    }
}
