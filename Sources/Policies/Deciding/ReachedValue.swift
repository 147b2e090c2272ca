internal import Notation

/// What a path leads to.
enum ReachedValue {
    case value(JSON)
    /// The place is there, and empty: no such member, no such element.
    case missing
    /// The way is barred: a member of something that is no object, an element of no list.
    case unreachable
    /// Too much to look at.
    case tooMuch
}
