// One stream of a run: what a result shows of it, and the whole when that is more.

internal import Kernel
internal import Wire

/// Keeps a stream's head and tail; if those will not be all, also the whole, in a file.
///
/// INVARIANT: a stream that is shown whole costs no system call beyond its reading.
struct OutputStream {
    private(set) var keeper: OutputKeeper
    /// Where the whole goes; nil: nobody wants it.
    private let store: ArtifactStore?
    private var copy: Copy?
    private var failure: SystemError?

    private final class Copy {
        let file: Descriptor
        init(_ file: consuming Descriptor) { self.file = file }
    }

    init(shownCharacters: Int, store: ArtifactStore?) {
        keeper = OutputKeeper(shownCharacters: shownCharacters)
        self.store = store
    }

    mutating func append(_ bytes: ArraySlice<UInt8>) {
        if store != nil, failure == nil { save(bytes) }
        keeper.append(bytes)
    }

    private mutating func save(_ bytes: ArraySlice<UInt8>) {
        if copy == nil, keeper.holdsAll(adding: bytes.count) { return }
        do throws(SystemError) {
            if copy == nil { try begin() }
            try copy?.file.write(Array(bytes))
        } catch {
            failure = error
            copy = nil
        }
    }

    /// Opens the file and writes what is held so far, which is still all.
    private mutating func begin() throws(SystemError) {
        guard let store, let held = keeper.whole else { return }
        let copy = Copy(try store.file())
        try copy.file.write(held)
        self.copy = copy
    }

    /// The whole, if a result that shows so many characters leaves something out; a note when it
    /// could not be kept.
    mutating func finish(
        named name: String, shownCharacters: Int
    ) -> (whole: KeptFile?, note: String?) {
        guard store != nil, keeper.totalCharacters > Int64(shownCharacters) else {
            return (nil, nil)
        }
        do throws(SystemError) {
            if let failure { throw failure }
            if copy == nil { try begin() }
            guard let copy else { return (nil, nil) }
            let file = try copy.file.duplicate()
            return (
                KeptFile(
                    name: name, mime: MediaType.text, bytes: keeper.totalBytes, file: file), nil
            )
        } catch {
            return (nil, "the whole of \(name) could not be kept: \(error.reason)")
        }
    }
}
