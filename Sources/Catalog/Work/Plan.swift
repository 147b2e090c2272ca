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
    /// A program in a session, which begins when it is not there.
    case session(String, Execution)
    /// Something about sessions that runs no program.
    case sessions(SessionRequest)
    /// Something with a file of the workspace.
    case files(FileRequest)
    /// A question about the Pythons there are.
    case environments(EnvironmentRequest)
}

/// One program, the template it is run from, and the files it has to do with.
package struct Execution: Sendable {
    package var job: Job
    package var template: TemplateName
    /// The environment asked for; nil: the system's.
    package var environment: String?
    /// The program is this file of the workspace: it is read into `job.code` before the run.
    package var file: String?
    /// The source is written to this file of the workspace before the run.
    package var saveAs: String?

    package init(_ job: Job, on template: TemplateName) {
        self.job = job
        self.template = template
    }
}

/// What came of a piece of work. Whatever untrusted code did is in here; our own failures are
/// errors and never get this far.
package enum Done: Sendable {
    case ran(Ran)
    case sessions(SessionAnswer)
    case files(FileAnswer)
    case environments(EnvironmentAnswer)
    /// Nothing was done, and nothing is broken: there is no such file, no such session.
    case refused(Refusal)
}

extension Done {
    /// How it came out, in one word.
    package var status: String {
        switch self {
        case .ran(let ran): ran.outcome.status.rawValue
        case .sessions, .files, .environments: Outcome.Status.ok.rawValue
        case .refused: Outcome.Status.error.rawValue
        }
    }
}

/// Why nothing was done, for a model that can act on it.
package struct Refusal: Error, Hashable, Sendable {
    /// One word for programs: `not_found`, `exists`, `too_large`, `outside_workspace`,
    /// `no_workspace`, `limit`, `busy`, `unsupported`.
    package var code: String
    /// What happened and what to do next.
    package var reason: String

    package init(_ code: String, _ reason: String) {
        self.code = code
        self.reason = reason
    }
}
