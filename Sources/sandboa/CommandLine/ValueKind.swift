import Notation

/// What may be written where a command takes a value.
///
/// INVARIANT: a kind checks spelling and range only. Whether a file exists or a profile is sound
/// is for the code that uses it: the command line is read without touching the machine.
enum ValueKind: Hashable, Sendable {
    /// An option that takes no value: it is there or not.
    case flag
    /// Any text but the empty one.
    case text
    /// A whole number in a range.
    case integer(ClosedRange<Int64>)
    /// A span of time, such as `500ms` or `1m30s`.
    case duration(ClosedRange<Duration>)
    /// A number of bytes, such as `64MiB`.
    case size(ClosedRange<Int64>)
    /// The path of a file.
    case file
    /// The path of a directory.
    case directory
    /// One of a few words the command defines itself.
    case choice([String])
    /// One name out of lists the caller knows.
    case name([Vocabulary.List])
    /// Names joined by commas, each out of lists the caller knows.
    case names([Vocabulary.List])
    /// `NAME=FILE`.
    case namedFile
    /// `NAME` or `NAME=FILE`.
    case nameOrNamedFile
    /// `KEY=VALUE`; the value may be empty or hold further `=`.
    case pair
    /// A JSON object.
    case object

    /// The longest path Linux takes, in bytes: `PATH_MAX` of linux/limits.h, less its NUL.
    static let maxPathBytes = 4095
    /// The longest name of a tool, wall, set or environment, in bytes.
    static let maxNameBytes = 64
    /// The most names one comma-separated value may hold.
    static let maxNames = 256
}
