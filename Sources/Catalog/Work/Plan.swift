// What a tool asks the house to do, and what the house says came of it. Values only.

package import Jail
package import Wire

/// What is to be done for a call.
package struct Plan: Sendable {
    package var work: Work
    /// The limits that hold for this call, its own wall-clock limit among them.
    package var limits: Limits
    /// Said in the result: what was adjusted.
    package var notes: [String]

    package init(_ work: Work, limits: Limits, notes: [String] = []) {
        self.work = work
        self.limits = limits
        self.notes = notes
    }
}

/// A piece of work, by who does it.
package enum Work: Sendable {
    /// The engine: a program in a worker of its own.
    case run(Execution)
}

/// One program, and the template it is run from.
package struct Execution: Sendable {
    package var job: Job
    package var template: TemplateName

    package init(_ job: Job, on template: TemplateName) {
        self.job = job
        self.template = template
    }
}

/// What came of a piece of work. Whatever untrusted code did is in here; our own failures are
/// errors and never get this far.
package enum Done: Sendable {
    case ran(Outcome)
}

extension Done {
    /// How it came out, in one word.
    package var status: String {
        switch self {
        case .ran(let outcome): outcome.status.rawValue
        }
    }
}
