// Copies what a run left in its working directory to where nothing can change it any more.
//
// INVARIANT: only regular files with one name, at most so many, of so many bytes, from so many
// looks; what is left out is told. Sizes are what could be read, never what the file claims.

internal import Kernel

/// One walk through a scratch directory, the shallow before the deep, each by name.
struct ScratchCollector {
    static let maximumFiles = 64
    static let maximumBytes: Int64 = 64 << 20
    static let maximumLooks = 10_000
    static let maximumDepth = 8
    /// Names told of each kind of file that is left out.
    private static let namesTold = 3

    private let scratch: Scratch
    private let store: ArtifactStore
    private let since: Int64
    private var files: [KeptFile] = []
    private var names: Set<String> = []
    private var bytesLeft = maximumBytes
    private var looksLeft = maximumLooks
    private var leftOut: [Reason: (names: [String], count: Int)] = [:]
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)

    private enum Reason: String, CaseIterable {
        case tooMany = "more than 64 files"
        case tooLarge = "more than 64 MiB in all"
        case notAFile = "links, pipes and sockets are not kept"
        case linked = "files with several names are not kept"
        case unreadable = "not readable"
        case deep = "directories more than 8 deep are not looked into"
        case noRoom = "this machine has no room for them"
    }

    init(_ scratch: Scratch, into store: ArtifactStore, changedSince since: Int64 = .min) {
        self.scratch = scratch
        self.store = store
        self.since = since
    }

    /// The files, and notes on what is left out.
    mutating func collect() -> (files: [KeptFile], notes: [String]) {
        var waiting = [EntryPath()]
        var next = 0
        while next < waiting.count, looksLeft > 0 {
            waiting += look(into: waiting[next])
            next += 1
        }
        var notes = Reason.allCases.compactMap { reason -> String? in
            guard let (names, count) = leftOut[reason] else { return nil }
            let more = count > names.count ? " and \(count - names.count) more" : ""
            return "not kept (\(reason.rawValue)): \(names.joined(separator: ", "))\(more)"
        }
        if looksLeft <= 0 { notes.append("only \(Self.maximumLooks) files were looked at") }
        return (files, notes)
    }

    /// Takes the files of a directory; gives the directories in it.
    private mutating func look(into directory: EntryPath) -> [EntryPath] {
        let entries: [DirectoryEntry]
        do throws(SystemError) {
            let found = try scratch.entries(directory, limit: looksLeft)
            entries = found.entries
            looksLeft -= found.areMore ? looksLeft : entries.count
        } catch {
            leaveOut(directory, .unreadable)
            return []
        }
        var below: [EntryPath] = []
        for entry in entries where entry.name.bytes.first != UInt8(ascii: ".") {
            let path = directory / entry.name
            switch entry.kind {
            case .regular, .unknown: take(path)
            case .directory:
                if path.names.count > Self.maximumDepth {
                    leaveOut(path, .deep)
                } else {
                    below.append(path)
                }
            default: leaveOut(path, .notAFile)
            }
        }
        return below
    }

    private mutating func take(_ path: EntryPath) {
        guard files.count < Self.maximumFiles else { return leaveOut(path, .tooMany) }
        do throws(SystemError) {
            let found = try scratch.look(at: path)
            let status = try found.status()
            guard status.isRegular else { return leaveOut(path, .notAFile) }
            if status.modifiedNanoseconds < since { return }
            guard status.links <= 1 else { return leaveOut(path, .linked) }
            guard status.permissions & 0o400 != 0 else { return leaveOut(path, .unreadable) }
            guard status.size <= bytesLeft else { return leaveOut(path, .tooLarge) }
            if let kept = try copy(found.reopened(), path) {
                bytesLeft -= kept.bytes
                files.append(kept)
            } else {
                leaveOut(path, .tooLarge)
            }
        } catch {
            switch (error.call, error.code) {
            case ("openat2", ErrorCode.noSuchFile): break  // its maker took it away
            case ("openat2", _), ("open", _), ("fstat", _), ("read", _): leaveOut(path, .unreadable)
            default: leaveOut(path, .noRoom)
            }
        }
    }

    /// A copy of what can be read; nil when that is more than there is room for.
    private mutating func copy(
        _ file: borrowing Descriptor, _ path: EntryPath
    ) throws(SystemError) -> KeptFile? {
        let copy = try store.file()
        var head: [UInt8] = []
        var bytes: Int64 = 0
        while let got = try file.read(into: &buffer, from: 0), got > 0 {
            if head.isEmpty { head = Array(buffer.prefix(min(got, MediaType.headBytes))) }
            bytes += Int64(got)
            guard bytes <= bytesLeft else { return nil }
            try copy.write(Array(buffer[..<got]))
        }
        let name = unique(Self.name(path))
        return KeptFile(
            name: name, mime: MediaType.of(name, head: head), bytes: bytes, file: copy)
    }

    private static func name(_ path: EntryPath) -> String {
        ArtifactName.printable(path.bytes)
    }

    /// Names that were cut may be alike.
    private mutating func unique(_ name: String) -> String {
        var candidate = name
        var number = 2
        while !names.insert(candidate).inserted {
            candidate = "\(name) (\(number))"
            number += 1
        }
        return candidate
    }

    private mutating func leaveOut(_ path: EntryPath, _ reason: Reason) {
        var (names, count) = leftOut[reason] ?? ([], 0)
        if names.count < Self.namesTold { names.append(path.names.isEmpty ? "." : Self.name(path)) }
        count += 1
        leftOut[reason] = (names, count)
    }
}
