/// Whether a condition holds. What can't be evaluated is neither true nor false, and stays so
/// under `not`: a rule that demands something is satisfied by `yes` alone.
enum Truth: Hashable, Sendable {
    case yes, no, unknown

    init(_ holds: Bool) { self = holds ? .yes : .no }

    var opposite: Truth {
        switch self {
        case .yes: .no
        case .no: .yes
        case .unknown: .unknown
        }
    }
}
