// Artifacts and whole outputs, kept for a while so that a client can read them.
//
//     file() ──filled by whoever collects──▶ keep(…) ──▶ read(uri) … ──its time, or no room──▶ gone
//
// Every kept file is one without a name, on the file system of the state directory: a server that
// dies, however it dies, leaves none behind.
//
// INVARIANT: at most `maximumCount` files of at most `maximumBytes`; the oldest go first.
// INVARIANT: only the owner reads, and only by the whole address, which nobody can guess.

package import Kernel
internal import Notation
internal import Synchronization

package final class ArtifactStore: Sendable {
    package static let maximumCount = 256
    package static let maximumBytes: Int64 = 512 << 20
    /// The most that one reading gives, in bytes.
    package static let maximumReadBytes: Int64 = 4 << 20

    package static let scheme = "sandboa://artifact/"
    private static let rangeMark = "?bytes="

    private let directory: String
    private let lifeMilliseconds: Int64
    private let shelf = Monitor(Shelf())

    /// What is kept, oldest first.
    private struct Shelf {
        var entries: [Entry] = []
        var isSwept = false
    }

    private struct Entry {
        let uri: String
        let owner: [UInt8]
        let file: KeptFile
        let expires: Moment
    }

    /// One kept file, as it is told to its owner.
    package struct Kept: Hashable, Sendable {
        package let uri: String
        package let name: String
        package let mime: String
        package let bytes: Int64
    }

    /// What reading gives.
    package enum Reading: Hashable, Sendable {
        case contents(Contents)
        /// There is none of that address for that owner (any more).
        case notFound
        /// It is there and can't be read like this; a sentence says how.
        case refused(String)
    }

    package struct Contents: Hashable, Sendable {
        package var mime: String
        package var bytes: [UInt8]
        /// `bytes` are UTF-8 and of a type that is text.
        package var isText: Bool
        /// Which bytes of how many these are.
        package var range: Range<Int64>
        package var total: Int64
    }

    /// `home`: the state directory, made when the first file is kept. `lifeMilliseconds`: how long
    /// a file can be read.
    package init(home: String, lifeMilliseconds: Int64) {
        directory = home
        self.lifeMilliseconds = lifeMilliseconds
    }

    /// A new file to fill; gone if it is not kept.
    func file() throws(SystemError) -> Descriptor {
        do throws(SystemError) { return try Files.temporary(in: directory) } catch {
            guard error.code == ErrorCode.noSuchFile else { throw error }
        }
        try Files.makeDirectories(directory)
        return try Files.temporary(in: directory)
    }

    /// Keeps a file for its owner. What is oldest makes room.
    package func keep(
        _ file: KeptFile, for owner: [UInt8], at now: Moment = .now
    ) -> Kept {
        let id = Hex.encode(Self.randomBytes())
        let uri = "\(Self.scheme)\(id)/\(ArtifactName.encoded(file.name))"
        let startsSweeping = shelf.read { shelf in
            shelf.entries.append(
                Entry(
                    uri: uri, owner: owner, file: file,
                    expires: now.advanced(byMilliseconds: lifeMilliseconds)))
            var bytes = shelf.entries.reduce(0) { $0 + $1.file.bytes }
            while shelf.entries.count > Self.maximumCount
                || bytes > Self.maximumBytes && shelf.entries.count > 1
            {
                bytes -= shelf.entries.removeFirst().file.bytes
            }
            defer { shelf.isSwept = true }
            return !shelf.isSwept
        }
        if startsSweeping { sweepFromNowOn() }
        return Kept(uri: uri, name: file.name, mime: file.mime, bytes: file.bytes)
    }

    /// What an owner could read, oldest first.
    package func listing(for owner: [UInt8], at now: Moment = .now) -> [Kept] {
        shelf.read { shelf in
            shelf.entries.filter { $0.owner == owner && $0.expires > now }.map {
                Kept(uri: $0.uri, name: $0.file.name, mime: $0.file.mime, bytes: $0.file.bytes)
            }
        }
    }

    /// Reads a kept file: all of it, or with `?bytes=FIRST-LAST` after the address a part.
    package func read(
        _ address: String, for owner: [UInt8], at now: Moment = .now
    ) -> Reading {
        let parts = address.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let uri = String(parts[0])
        let entry = shelf.read { shelf in
            shelf.entries.first { $0.uri == uri && $0.owner == owner && $0.expires > now }
        }
        guard let file = entry?.file else { return .notFound }
        let range: Range<Int64>
        if parts.count == 1 {
            range = 0..<file.bytes
        } else if let asked = Self.range(String(parts[1]), of: file.bytes) {
            range = asked
        } else {
            return .refused(
                "it has \(file.bytes) bytes; a part of it is \(uri)\(Self.rangeMark)FIRST-LAST, "
                    + "counted from 0")
        }
        guard range.count <= Self.maximumReadBytes else {
            return .refused(
                "it has \(file.bytes) bytes, and at most \(Self.maximumReadBytes) are read at "
                    + "once: \(uri)\(Self.rangeMark)0-\(Self.maximumReadBytes - 1)")
        }
        return Self.contents(of: file, range)
    }

    private static func contents(of file: KeptFile, _ range: Range<Int64>) -> Reading {
        let bytes: [UInt8]
        do throws(SystemError) { bytes = try file.read(range) } catch {
            return .refused("it can't be read: \(error.reason)")
        }
        let isText =
            MediaType.isText(file.mime) && String(validating: bytes, as: UTF8.self) != nil
        return .contents(
            Contents(
                mime: file.mime, bytes: bytes, isText: isText, range: range, total: file.bytes))
    }

    /// `bytes=FIRST-LAST`, both counted, as in HTTP; a LAST beyond the end is the end.
    private static func range(_ text: String, of total: Int64) -> Range<Int64>? {
        guard text.hasPrefix("bytes="), total > 0 else { return nil }
        let ends = text.dropFirst("bytes=".count).split(
            separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let first = number(ends[0]), let last = number(ends[1]),
            first <= last, first < total
        else { return nil }
        return first..<min(last, total - 1) + 1
    }

    private static func number(_ digits: Substring) -> Int64? {
        digits.allSatisfy(\.isNumber) ? Int64(digits) : nil
    }

    private static func randomBytes() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    // MARK: Sweeping

    /// A thread that lives while anything is kept, and lets go of what has had its time.
    private func sweepFromNowOn() {
        do throws(SystemError) { try Threads.start { self.sweep() } } catch {
            // The next file that is kept tries again; until then nothing can be read too long.
            shelf.read { $0.isSwept = false }
        }
    }

    private func sweep() {
        while true {
            let next: Moment? = shelf.read { shelf in
                let now = Moment.now
                shelf.entries.removeAll { $0.expires <= now }
                shelf.isSwept = !shelf.entries.isEmpty
                return shelf.entries.first?.expires
            }
            guard let next else { return }
            _ = shelf.wait(until: next) { _ -> Void? in nil }
        }
    }
}
