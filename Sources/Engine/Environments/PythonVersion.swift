// Versions of Python as files and directories tell them. Pure.

/// A version such as `3.11.2` or `3.13.0rc1`.
struct PythonVersion: Hashable, Sendable {
    let text: String
    /// `3.11`: packages built for one series do not load in another.
    let series: String

    /// Longest spelling that is looked at, in bytes.
    static let maximumBytes = 40
    /// As sys.version_info spells them, and what they are in a version.
    private static let levels = ["alpha": "a", "beta": "b", "candidate": "rc", "final": ""]

    /// `3.11`, `3.11.2`, `3.13.0rc1`, and virtualenv's `3.11.2.final.0`; nil for anything else.
    init?(_ source: String) {
        guard source.utf8.count <= Self.maximumBytes else { return nil }
        let parts = source.split(separator: ".", omittingEmptySubsequences: false)
        guard [2, 3, 5].contains(parts.count), parts[0...1].allSatisfy(Self.isNumber) else {
            return nil
        }
        series = "\(parts[0]).\(parts[1])"
        switch parts.count {
        case 2: text = series
        case 3 where Self.isRelease(parts[2]): text = source
        case 5:
            guard let level = Self.levels[String(parts[3])], Self.isNumber(parts[2]),
                Self.isNumber(parts[4])
            else { return nil }
            text = "\(series).\(parts[2])" + (level.isEmpty ? "" : "\(level)\(parts[4])")
        default: return nil
        }
    }

    /// From the directory of a Python's library: `python3.11`, `python3.13t`, `pypy3.10`.
    init?(libraryDirectory name: String) {
        guard let prefix = ["python", "pypy"].first(where: name.hasPrefix) else { return nil }
        let number = name.dropFirst(prefix.count)
        self.init(String(number.hasSuffix("t") ? number.dropLast() : number))
        if text != series { return nil }
    }

    private static func isNumber(_ text: Substring) -> Bool {
        (1...3).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// A number, and after it perhaps `a1`, `b2`, `rc1`, each perhaps with a `+`.
    private static func isRelease(_ text: Substring) -> Bool {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard isNumber(digits) else { return false }
        var rest = text[digits.endIndex...]
        if rest.hasSuffix("+") { rest = rest.dropLast() }
        guard !rest.isEmpty else { return true }
        guard let level = ["a", "b", "rc"].first(where: rest.hasPrefix) else { return false }
        return isNumber(rest.dropFirst(level.count))
    }
}
