// The things that are measured; rows are made of them.

/// One series of samples. Times are in microseconds.
enum Series: String, CaseIterable, Sendable {
    /// A bare fork of the warm interpreter: program, result, round trip, and no wall.
    case floor
    /// `/usr/bin/python3 -c`, from its start to its end.
    case coldPython
    /// The same inside bubblewrap.
    case bubblewrap
    /// A run whose worker is forked when the job comes in.
    case onDemand
    /// A run on a worker that waits for it.
    case parked
    /// A call of a session.
    case session
    /// A branch of a session that holds a list of 200,000 numbers, up to its first result.
    case branch
    /// tools/call on standard input and output, a parked worker waiting.
    case endToEnd
    /// The same, calls in a row without a pause.
    case burst
    /// A line to `cat` and back: what the transport costs with nothing behind it.
    case echo
    /// Processor time of a cold start, by wait4(2).
    case coldProcessorTime
    /// Processor time of one isolated run, everything counted, with all slots busy.
    case processorTime
    /// The share of the processors' time that runs used with all slots busy.
    case useOfProcessors
    /// From starting the server to the answer to `initialize`.
    case initialize
    /// From starting the server to the first result.
    case firstResult
    /// How long after its limit a spinning run was answered.
    case late
    /// How long after that limit the spinner was reaped and its slot ready for the next run.
    case lateReady
    /// One policy decision with three rules, among ten tools and among ten thousand.
    case decision
    case decisionAmongMany
    /// Reading and compiling a policy of a thousand rules.
    case reload
    /// Reserving in SQLite, so that a killed process loses nothing.
    case reservation

    static let policies: Set<Series> = [.decision, .decisionAmongMany, .reload, .reservation]

    /// Measured in turns with the others of the first phase.
    static let interleaved: [Series] = [
        .floor, .coldPython, .bubblewrap, .onDemand, .parked, .session, .branch, .endToEnd, .echo,
        .burst,
    ]
}
