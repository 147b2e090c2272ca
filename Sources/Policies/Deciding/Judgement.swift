/// What one rule says about a call.
enum Judgement {
    /// The call is not one the rule is about.
    case skipped
    /// `amount`: what the rule's limit counts, if it has one.
    case passed(amount: Int64?)
    case asks(Approval, amount: Int64?)
    case denied(Denial)
}

/// Why a rule denies.
enum Denial {
    case refusal
    case condition
    /// A required argument is missing or null.
    case argument(String)
    /// The amount to count is no number from 0 up.
    case cost
    /// The arguments are too large to check.
    case tooMuch
}
