// A caller's path, taken apart before the kernel sees any of it.

internal import Kernel

/// The way from the workspace's directory to what a caller named.
///
/// INVARIANT: it has no `..`, so nothing on it leads up; that nothing on it leads aside is for the
/// kernel to see to, when it is walked.
///
/// A file has few spellings on purpose (`a/b`, `./a/b` and the absolute one), so that an operator's
/// rule on paths can tell them all: `a//b` and `a/./b` are refused, and say how to write it.
struct WorkspacePath {
    /// In bytes. PATH_MAX, which counts the NUL.
    static let mostBytes = 4095
    /// In bytes of one name. NAME_MAX.
    static let mostNameBytes = 255

    enum Meaning { case file, directory }

    let names: EntryPath
    /// As the caller wrote it, printable and in quotes.
    let quoted: String

    /// - Parameter spellings: the absolute paths that the workspace goes by, in bytes.
    init(
        _ given: String, meaning: Meaning, workspace: String, spellings: [[UInt8]]
    ) throws(WorkspaceRefusal) {
        quoted = PrintableText.quoted(given)
        let bytes = Array(given.utf8)
        guard !bytes.contains(0) else {
            throw Self.invalid("A path has no NUL character in it: \(quoted).")
        }
        guard bytes.count <= Self.mostBytes else {
            throw Self.invalid(
                "\(quoted) has \(bytes.count) bytes; a path has at most \(Self.mostBytes).")
        }
        guard let relative = Self.relative(bytes, spellings) else {
            throw WorkspaceRefusal(
                .outsideWorkspace,
                "\(quoted) is outside of the workspace, \(PrintableText.quoted(workspace)). "
                    + "Give a path relative to that directory.")
        }
        let parts = relative.split(separator: Self.slash, omittingEmptySubsequences: false)
        guard !parts.contains([Self.dot, Self.dot]) else {
            throw WorkspaceRefusal(
                .outsideWorkspace,
                "\(quoted) has \"..\" in it, which is refused wherever it leads. "
                    + "Give the path from the workspace's directory down.")
        }
        names = try Self.names(parts, meaning, quoted)
    }

    private static let slash = UInt8(ascii: "/")
    private static let dot = UInt8(ascii: ".")

    private static func invalid(_ reason: String) -> WorkspaceRefusal {
        WorkspaceRefusal(.invalidPath, reason)
    }

    /// What follows the workspace's own path; nil for an absolute path elsewhere.
    private static func relative(_ bytes: [UInt8], _ spellings: [[UInt8]]) -> ArraySlice<UInt8>? {
        guard bytes.first == slash else { return bytes[...] }
        for spelling in spellings where bytes.starts(with: spelling) {
            let rest = bytes.dropFirst(spelling.count)
            if rest.isEmpty { return rest }
            if rest.first == slash { return rest.dropFirst() }
        }
        return nil
    }

    private static func names(
        _ parts: [ArraySlice<UInt8>], _ meaning: Meaning, _ quoted: String
    ) throws(WorkspaceRefusal) -> EntryPath {
        // `./` in front and, of a directory, `/` behind are how people write.
        var parts = Array(parts.drop { $0 == [dot] })
        if meaning == .directory, parts.last?.isEmpty == true { parts.removeLast() }
        if meaning == .file, parts.allSatisfy(\.isEmpty) {
            throw invalid("\(quoted) names no file. Give a path such as \"src/main.py\".")
        }
        if parts.last?.isEmpty == true {
            throw invalid("\(quoted) ends with a slash, as a directory does. Leave it out.")
        }
        if parts.first == [UInt8(ascii: "~")] {
            throw invalid("\(quoted): \"~\" is not replaced by a home directory here.")
        }
        var names: [EntryName] = []
        for part in parts {
            guard part.count <= mostNameBytes else {
                throw invalid("A name in \(quoted) is longer than \(mostNameBytes) bytes.")
            }
            guard let name = EntryName(part) else {
                throw invalid("\(quoted) has \"//\" or \"/./\" in it. Write it with one slash.")
            }
            names.append(name)
        }
        return EntryPath(names)
    }
}
