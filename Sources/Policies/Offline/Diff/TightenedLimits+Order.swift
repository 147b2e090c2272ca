// Which limits of a run are tighter, and how policies write them.

internal import Notation

extension TightenedLimits {
    /// Name and value of each limit, in the order of the language.
    var values: [(name: String, value: Int64?)] {
        [
            ("wall", wallMilliseconds), ("cpu", cpuMilliseconds), ("memory", memoryBytes),
            ("output", outputBytes), ("files", files),
            ("processes", processes),
        ]
    }

    /// As policies write them.
    var spellings: [(name: String, value: JSON)] {
        values.compactMap { name, value in
            guard let value else { return nil }
            return switch name {
            case "wall", "cpu": (name, .string(DurationText.text(milliseconds: value)))
            case "files", "processes": (name, .integer(value))
            default: (name, .string(SizeText.text(bytes: value)))
            }
        }
    }

    /// `wall 20s, memory 256MiB`.
    var words: String {
        spellings.map { "\($0.name) \($0.value.asString ?? $0.value.text)" }
            .joined(separator: ", ")
    }

    /// Whether no limit is higher than the other's; a limit not set is higher than any.
    func isAtMost(_ other: TightenedLimits) -> Bool {
        zip(values, other.values).allSatisfy { ($0.value ?? .max) <= ($1.value ?? .max) }
    }
}
