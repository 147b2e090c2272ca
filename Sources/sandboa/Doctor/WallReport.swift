// What `doctor` says of one wall.

import Jail
import Notation

/// One wall: whether it holds, how that is known, and what to do when it does not.
struct WallReport: Hashable, Sendable {
    enum State: String, Hashable, Sendable {
        case inForce = "in force"
        case missing
        /// Missing, and nobody insists on it.
        case notRequired = "not required"
        /// The start ended before it could be tried.
        case unknown
    }

    let wall: WallName
    let state: State
    /// What exactly holds.
    var detail = ""
    var why = ""
    var fix = ""

    var json: JSON {
        [
            "name": .string(wall.rawValue), "state": .string(state.rawValue),
            "purpose": .string(wall.purpose), "detail": .string(detail), "why": .string(why),
            "fix": .string(fix),
        ]
    }

    var tone: Tone {
        switch state {
        case .inForce: .good
        case .missing: .bad
        case .notRequired, .unknown: .doubtful
        }
    }
}
