/// Words about a command that follow from its declaration.
extension Command {
    /// The command and what must be written behind it: `exec FILE`.
    var brief: String {
        let needed = operands.filter { $0.count == .once }.map(\.name)
        return ([name.rawValue] + needed).joined(separator: " ")
    }

    /// How the values of its options are written, where that isn't plain.
    var notes: [String] {
        var notes: [String] = []
        if options.contains(where: { $0.placeholder == "TIME" }) { notes.append(Self.timeNote) }
        if options.contains(where: { $0.placeholder == "SIZE" }) { notes.append(Self.sizeNote) }
        return notes
    }

    static let timeNote =
        "TIME is a whole number with its unit: ms, s, m or h. Units can be joined: 1m30s."
    static let sizeNote =
        "SIZE is a whole number with its unit: B, KiB, MiB or GiB, in steps of 1024; "
        + "kB, MB or GB, in steps of 1000."
}

extension String {
    /// "Run a file" → "run a file"; a name such as "MCP" stays.
    var lowercasedFirst: String {
        guard let second = dropFirst().first, second.isLowercase else { return self }
        return prefix(1).lowercased() + dropFirst()
    }

    func padding(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
