// The embedded interpreter, as Swift sees it: the only unsafe code in this program.

internal import CPythonHost
internal import Kernel
internal import Wire

/// CPython, through its C driver (CPythonHost).
enum Interpreter {
    /// A step of the interpreter's start that failed.
    struct Failure: Error {
        let stage: String
        let message: String
        let code: CInt
    }

    private static let errorBytes = 4096

    /// Starts Python, loads our prelude, imports what every worker will find loaded, and settles.
    static func start(paths: [String], plan: TemplatePlan) throws(Failure) {
        precondition(Frame.magic == SBX_FRAME_MAGIC, "the C driver speaks another frame")
        precondition(Int32(Frame.version) == SBX_FRAME_VERSION, "the C driver is another version")
        // SAFETY: the strings outlive the call, the error buffer has the size it says.
        try unsafe withStrings(paths) { (list, count) throws(Failure) in
            try unsafe attempt("python") { unsafe sbx_python_start(list, count, $0, $1) }
        }
        for file in plan.prelude {
            // SAFETY: name and source are only read during the call.
            try unsafe attempt("prelude \(file.name)") { (buffer, size) in
                unsafe file.source.withUnsafeBufferPointer {
                    unsafe sbx_python_prelude(file.name, $0.baseAddress, $0.count, buffer, size)
                }
            }
        }
        var standard: UnsafePointer<UnsafePointer<CChar>?>?
        // SAFETY: the list is static data of the driver.
        let count = unsafe sbx_python_default_modules(&standard)
        let list = unsafe standard
        try unsafe attempt("import") { unsafe sbx_python_preimport(list, Int(count), $0, $1) }
        // SAFETY: as with the paths.
        try unsafe withStrings(plan.modules) { (list, count) throws(Failure) in
            try unsafe attempt("import") { unsafe sbx_python_preimport(list, count, $0, $1) }
        }
        try unsafe attempt("settle") { unsafe sbx_python_settle($0, $1) }
    }

    /// The version of the library alone, such as `3.11.2`.
    static var version: Substring {
        // SAFETY: the library keeps the text for good and ends it with a NUL.
        unsafe String(cString: sbx_python_version()).prefix { $0 != " " }
    }

    static func beforeFork() { sbx_python_before_fork() }

    static func afterForkInZygote() { sbx_python_after_fork_parent() }

    /// Makes the fork a process of its own: locks, random generators, garbage collector.
    static func afterForkInWorker() throws(SystemError) {
        let seed = try Entropy.bytes(Int(SBX_SEED_BYTES))
        // SAFETY: the driver reads exactly SBX_SEED_BYTES.
        let result = unsafe sbx_python_after_fork_child(seed)
        if result < 0 { throw SystemError("python fork", code: -result) }
    }

    static func warm() throws(SystemError) {
        let result = sbx_python_warm()
        if result < 0 { throw SystemError("python warm-up", code: -result) }
    }

    /// Waits for one job on the channel, runs it and answers with its result there.
    static func answer() -> Answer {
        let result = sbx_python_answer(
            Descriptors.channel, Descriptors.output, Descriptors.errors)
        return switch result {
        case SBX_ANSWER_GIVEN: .given
        case SBX_ANSWER_ENDED: .notAsked
        case SBX_ANSWER_NEXT: .next
        case SBX_ANSWER_FORK: .forkAsked
        default: .lost
        }
    }

    enum Answer {
        case given
        /// The channel ended first.
        case notAsked
        /// A session's call is answered: ask again.
        case next
        case forkAsked
        case lost
    }

    /// This process is behind its walls: whatever it may signal is what its program has started.
    static func contain() { sbx_python_contain() }

    // MARK: Forks of a session

    /// Whether nothing stands in the way of a fork; if something does, it has been said.
    static func mayFork() throws(SystemError) -> Bool {
        let result = sbx_session_may_fork(Descriptors.channel)
        if result < 0 { throw SystemError("fork of a session", code: -result) }
        return result == 1
    }

    /// Puts the descriptors that came with the order in their places.
    static func placeDescriptors() throws(SystemError) {
        var given: [CInt] = [-1, -1, -1, -1]
        // SAFETY: the driver writes exactly four numbers.
        unsafe sbx_session_descriptors(&given)
        let places = [
            Descriptors.channel, Descriptors.input, Descriptors.output, Descriptors.errors,
        ]
        for (raw, place) in zip(given, places) {
            if raw < 0 { throw SystemError("fork of a session", code: ErrorCode.noSuchFile) }
            try Descriptor(adopting: raw).place(at: place)
        }
    }

    static func refuseFork(_ error: SystemError) throws(SystemError) {
        let result = sbx_session_refuse(Descriptors.channel, error.code)
        if result < 0 { throw SystemError("fork of a session", code: -result) }
    }

    static func parked() { sbx_session_parked() }

    static func sayHello() throws(SystemError) {
        let result = sbx_session_hello(Descriptors.channel)
        if result < 0 { throw SystemError("fork of a session", code: -result) }
    }

    /// Runs this job; the result frame goes to the channel. True: it was written whole.
    static func run(_ job: [UInt8]) -> Bool {
        // SAFETY: the job is only read during the call.
        unsafe sbx_python_run(
            job, job.count, Descriptors.channel, Descriptors.output, Descriptors.errors) >= 0
    }

    private static func attempt(
        _ stage: String, _ call: (UnsafeMutablePointer<CChar>?, Int) -> CInt
    ) throws(Failure) {
        var buffer = [CChar](repeating: 0, count: errorBytes)
        // SAFETY: the driver writes at most the size it is given, NUL included.
        let result = unsafe buffer.withUnsafeMutableBufferPointer {
            unsafe call($0.baseAddress, $0.count)
        }
        guard result < 0 else { return }
        let text = buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
        throw Failure(
            stage: stage, message: String(decoding: text, as: UTF8.self), code: -result)
    }

    private static func withStrings(
        _ strings: [String],
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, Int) throws(Failure) -> Void
    ) throws(Failure) {
        // SAFETY: one block of NUL-ended strings that lives until the body returns; the pointers
        // into it are made after its last change.
        var text: [CChar] = []
        var starts: [Int] = []
        for string in strings {
            starts.append(text.count)
            text += string.utf8CString
        }
        var failure: Failure?
        // SAFETY: every start is inside the block, which lives until the closure returns.
        unsafe text.withUnsafeBufferPointer { block in
            let pointers: [UnsafePointer<CChar>?] = unsafe starts.map { start in
                unsafe block.baseAddress.map { unsafe $0 + start }
            }
            unsafe pointers.withUnsafeBufferPointer { list in
                do throws(Failure) { try unsafe body(list.baseAddress, list.count) } catch {
                    failure = error
                }
            }
        }
        if let failure { throw failure }
    }
}
