// Where a path leads when `.` and `..` are taken as written. Links are not followed: that is the
// kernel's business, and the walls of the profile hold whatever a path turns out to be.

/// A directory that paths are compared with.
struct DirectoryPath: Sendable {
    private let isAbsolute: Bool
    private let names: [[UInt8]]

    /// nil when the directory has a zero byte, or is relative and climbs above where it starts.
    init?(_ text: String) {
        var names: [[UInt8]] = []
        for name in text.utf8.split(separator: UInt8(ascii: "/"))
        where !name.elementsEqual(".".utf8) {
            guard name.elementsEqual("..".utf8) else {
                names.append(Array(name))
                continue
            }
            if names.isEmpty && !text.utf8.starts(with: "/".utf8) { return nil }
            _ = names.popLast()
        }
        if text.isEmpty || text.utf8.contains(0) { return nil }
        isAbsolute = text.utf8.first == UInt8(ascii: "/")
        self.names = names
    }

    /// Whether `path` is this directory or lies in it. Unknown for what can't be resolved here: a
    /// relative path against an absolute directory or the reverse, `~`, a zero byte, no text.
    ///
    /// INVARIANT: `shared` names of the path so far, which has `depth`, are those of the directory.
    func contains(_ path: String) -> Truth {
        let bytes = path.utf8Span.span
        guard bytes.count > 0, bytes[0] != UInt8(ascii: "~"),
            (bytes[0] == UInt8(ascii: "/")) == isAbsolute
        else { return .unknown }
        var depth = 0
        var shared = 0
        var start = 0
        for end in 0...bytes.count {
            if end < bytes.count, bytes[end] == 0 { return .unknown }
            guard end == bytes.count || bytes[end] == UInt8(ascii: "/") else { continue }
            let count = end - start
            let isDot = count == 1 && bytes[start] == UInt8(ascii: ".")
            let isParent =
                count == 2 && bytes[start] == UInt8(ascii: ".")
                && bytes[start + 1] == UInt8(ascii: ".")
            if isParent {
                if depth == 0 && !isAbsolute { return .no }
                depth = max(0, depth - 1)
                shared = min(shared, depth)
            } else if count > 0 && !isDot {
                let isShared =
                    shared == depth && depth < names.count
                    && Self.isEqual(names[depth], bytes.extracting(start..<end))
                if isShared { shared += 1 }
                depth += 1
            }
            start = end + 1
        }
        return Truth(shared == names.count)
    }

    private static func isEqual(_ name: [UInt8], _ bytes: Span<UInt8>) -> Bool {
        guard name.count == bytes.count else { return false }
        for place in bytes.indices where bytes[place] != name[place] { return false }
        return true
    }
}
