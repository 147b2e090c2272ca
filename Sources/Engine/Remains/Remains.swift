// What a run left besides its outcome.

internal import Wire

/// Files and pictures of a run, copied out of its reach: nothing in here changes any more.
package struct Remains: Sendable {
    /// Files from its working directory, in the order of their paths.
    package var files: [KeptFile] = []
    /// The whole of a stream that is longer than what a result shows.
    package var output: KeptFile?
    package var errors: KeptFile?
    /// Previews of pictures, by the number its report gives them.
    package var previews: [Int: Preview] = [:]
    /// What is missing, and why.
    package var notes: [String] = []

    package init() {}

    /// A picture small enough for a result.
    package struct Preview: Hashable, Sendable {
        package let mime: String
        package let bytes: [UInt8]

        package init(mime: String, bytes: [UInt8]) {
            self.mime = mime
            self.bytes = bytes
        }
    }

    /// Previews of one run, and bytes of each and of all.
    static let maximumPreviews = 10
    package static let maximumPreviewBytes = 750_000
    static let maximumAllPreviewBytes = 3_000_000
}

extension Remains {
    /// Takes what a run has left: the previews its report names and, given a store, its files. The
    /// worker is stopped first, but only when there is anything: a run that leaves nothing pays
    /// for one look.
    mutating func collect(_ report: RunReport?, _ store: ArtifactStore?, from slot: Slot) {
        let previews = Self.previews(in: report)
        if previews.isEmpty, store == nil { return }
        let scratch = slot.abandonedScratch { !previews.isEmpty || $0.mayHoldFiles }
        if let scratch {
            collect(report, store, from: scratch)
        } else if slot.isLost {
            notes.append("what the run left could not be read: its slot is gone")
        }
    }

    /// The same from a directory; `since`: only files that have changed since then, in nanoseconds
    /// since 1970.
    mutating func collect(
        _ report: RunReport?, _ store: ArtifactStore?, from scratch: Scratch,
        changedSince since: Int64 = .min
    ) {
        var left = Self.maximumAllPreviewBytes
        for number in Self.previews(in: report).prefix(Self.maximumPreviews) {
            let limit = min(left, Self.maximumPreviewBytes)
            guard let preview = scratch.preview(number, limit: limit) else { continue }
            previews[number] = preview
            left -= preview.bytes.count
        }
        guard let store, scratch.mayHoldFiles else { return }
        var collector = ScratchCollector(scratch, into: store, changedSince: since)
        let (files, notes) = collector.collect()
        self.files = files
        self.notes += notes
    }

    /// The numbers of the previews that a report names.
    private static func previews(in report: RunReport?) -> [Int] {
        (report?.shown ?? []).compactMap { item in
            if case .picture(let number, _) = item { number } else { nil }
        }
    }
}
