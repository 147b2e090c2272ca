// What a run left, as its caller is told of it: kept, and named by addresses.

internal import Catalog
internal import Engine
internal import Wire

extension Ran {
    /// Keeps what is left for `owner`. What a program showed comes in its order; what can't be
    /// shown is a note.
    init(
        _ outcome: Outcome, _ remains: Remains, keptIn store: ArtifactStore?, for owner: [UInt8]
    ) {
        self.init(outcome)
        artifactNotes = remains.notes
        if let store {
            artifacts = remains.files.map { Artifact(store.keep($0, for: owner)) }
            for (name, file) in [("stdout", remains.output), ("stderr", remains.errors)] {
                if let file { whole[name] = Artifact(store.keep(file, for: owner)) }
            }
        }
        var unseen = 0
        for item in outcome.report?.shown ?? [] {
            switch item {
            case .note(let text): artifactNotes.append(text)
            case .text(let mime, let text): shown.append(.text(mime: mime, text))
            case .table(let table):
                shown.append(
                    .table(
                        columns: table.columns, rows: table.rows,
                        markdown: MarkdownTable.text(table), totalRows: table.totalRows,
                        totalColumns: table.totalColumns))
            case .picture(let number, let file):
                guard let preview = remains.previews[number] else {
                    unseen += 1
                    continue
                }
                let original = artifacts.first { $0.name == file }
                shown.append(
                    .picture(mime: preview.mime, bytes: preview.bytes, original: original))
            }
        }
        if unseen > 0 {
            artifactNotes.append("pictures not shown here, for their number or size: \(unseen)")
        }
    }
}

extension Artifact {
    fileprivate init(_ kept: ArtifactStore.Kept) {
        self.init(name: kept.name, mime: kept.mime, bytes: kept.bytes, uri: kept.uri)
    }
}
