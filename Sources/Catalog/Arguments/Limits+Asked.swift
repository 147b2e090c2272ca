// What a caller may ask of the limits: less, never more.

import Jail
import Notation

/// What a tool's `timeout` counts, as upstream has it. Raw values in milliseconds.
package enum TimeoutUnit: Int64, Sendable {
    case milliseconds = 1
    case seconds = 1000

    /// A number of milliseconds in this unit; in milliseconds if it is not whole.
    func text(milliseconds: Int64) -> String {
        switch self {
        case .seconds where milliseconds % rawValue == 0: "\(milliseconds / rawValue) s"
        case .seconds, .milliseconds: "\(milliseconds) ms"
        }
    }

    /// The declaration of the argument. `preset` is what the profile's wall-clock limit says, too:
    /// without the argument, that one holds.
    func schema(preset: Int64) -> JSON {
        let unit = self == .seconds ? "Seconds" : "Milliseconds"
        let ceiling = 600_000 / rawValue
        return [
            "type": "integer", "minimum": 1, "default": .integer(preset),
            "description": .string(
                "\(unit) for the whole call, at least 1. A value above the operator's ceiling "
                    + "(\(ceiling) unless the operator changed it) is lowered to it, and the "
                    + "result says so."),
        ]
    }
}

extension Limits {
    /// Sets the wall-clock limit to what the caller asked for, or lowers that to the operator's
    /// ceiling and says so. A number too big to be an integer is above it, too.
    mutating func lowerWall(toAsked value: JSON?, in unit: TimeoutUnit) -> [String] {
        guard let value else { return [] }
        let count = max(1, value.integralValue ?? Int64.max)
        let (product, isTooMuch) = count.multipliedReportingOverflow(by: unit.rawValue)
        let asked = isTooMuch ? Int64.max : product
        wallMilliseconds = min(asked, wallCeilingMilliseconds)
        if asked <= wallCeilingMilliseconds { return [] }
        let ceiling = unit.text(milliseconds: wallCeilingMilliseconds)
        return ["timeout lowered to \(ceiling), the operator's ceiling"]
    }
}
