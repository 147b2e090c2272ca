// What a program showed and left, in its reply: pictures, tables, texts and resources.

import Notation
internal import Wire

extension ExecutionReply {
    /// Links in one reply; all artifacts are in its structure.
    private static let maximumLinks = 20

    var pictures: [Reply.Part] {
        ran.shown.flatMap { item -> [Reply.Part] in
            guard case .picture(let mime, let bytes, let original) = item else { return [] }
            return [.image(mime: mime, bytes)] + (original.map { [.link($0)] } ?? [])
        }
    }

    /// Whole streams, and artifacts that no picture has linked already.
    var links: [Reply.Part] {
        let linked = ran.shown.compactMap { item -> Artifact? in
            if case .picture(_, _, let original) = item { original } else { nil }
        }
        let others = ran.artifacts.filter { !linked.contains($0) }
        return (wholeStreams + others).prefix(Self.maximumLinks).map { .link($0) }
    }

    private var wholeStreams: [Artifact] {
        ran.whole.sorted { $0.key > $1.key }.map(\.value)
    }

    func addShown(to structured: inout JSONObject) {
        var tables: [JSON] = []
        var rich: [JSON] = []
        for item in ran.shown {
            switch item {
            case .picture: break
            case .text(let mime, let text):
                rich.append(["mime": .string(mime), "text": .string(text)])
            case .table(let columns, let rows, _, let totalRows, let totalColumns):
                tables.append([
                    "columns": .array(columns.map { .string($0) }),
                    "rows": .array(rows.map { .array($0) }),
                    "total_rows": .integer(totalRows), "total_columns": .integer(totalColumns),
                ])
            }
        }
        if !tables.isEmpty { structured["tables"] = .array(tables) }
        if !rich.isEmpty { structured["rich"] = .array(rich) }
    }

    var shownTexts: [String] {
        ran.shown.compactMap { item in
            switch item {
            case .picture: nil
            case .text(let mime, let text): "__SHOWN__ (\(mime)):\n\(text)"
            case .table(_, let rows, let markdown, let totalRows, let totalColumns):
                "__TABLE__ (\(totalRows) rows, \(totalColumns) columns; "
                    + "\(rows.count) rows told):\n\(markdown)"
            }
        }
    }

    /// What can be read afterwards, and for how long; nil: nothing.
    var resourceList: String? {
        let all = wholeStreams + ran.artifacts
        if all.isEmpty { return nil }
        let lines = all.map { "\($0.name) (\($0.mime), \($0.bytes) bytes): \($0.uri)" }
        return "__FILES__ (kept for \(Ran.artifactMinutes) minutes as resources):\n"
            + lines.joined(separator: "\n")
    }
}

extension Artifact {
    /// As results have it.
    var described: JSON {
        [
            "name": .string(name), "mime": .string(mime), "bytes": .integer(bytes),
            "uri": .string(uri),
        ]
    }
}
