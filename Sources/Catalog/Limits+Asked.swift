// What a caller may ask of the limits: less, never more.

import Jail
import Notation

extension Limits {
    /// Sets the wall-clock limit to what the caller asked for in milliseconds, or lowers that to
    /// the operator's ceiling and says so. A number too big to be an integer is above it, too.
    mutating func lowerWall(toAsked value: JSON?) -> [String] {
        guard let value else { return [] }
        let asked = value.integralValue ?? Int64.max
        wallMilliseconds = min(max(1, asked), wallCeilingMilliseconds)
        if asked <= wallCeilingMilliseconds { return [] }
        return ["timeout lowered to \(wallCeilingMilliseconds) ms, the operator's ceiling"]
    }
}
