import Notation

/// A value from the command line, read and found sound.
enum Value: Hashable, Sendable {
    case flag
    case text(String)
    case integer(Int64)
    case duration(Duration)
    /// In bytes.
    case size(Int64)
    case names([String])
    case pair(Pair)
    case object(JSONObject)
}
