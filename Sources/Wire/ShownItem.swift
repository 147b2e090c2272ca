// What a worker says that its program has shown. Hostile: read strictly, kept within bounds.

internal import Notation

/// One thing a program showed, by its worker's account.
package enum ShownItem: Hashable, Sendable {
    /// A picture: its preview's number in the scratch directory, and the name of the whole one.
    case picture(preview: Int, file: String?)
    case table(ShownTable)
    /// What a value tells of itself, in Markdown, HTML or JSON.
    case text(mime: String, String)
    /// Why something could not be shown.
    case note(String)

    /// Bytes of the whole list, and things in it, as in sbx_frame.h and sandbox/prelude/rich.py.
    package static let maximumBytes = 256 << 10
    package static let maximumItems = 64
    /// Characters of a text, and of a note. A worker keeps to them; a program that writes its own
    /// result is held to them here.
    package static let maximumTextCharacters = 20_000
    private static let maximumNoteCharacters = 300
    private static let maximumNameCharacters = 100
    private static let maximumPreviews = 100_000

    private static let mimes: Set<String> = ["text/markdown", "text/html", "application/json"]

    /// A worker's list. What does not fit is left out, and a note says so.
    package static func list(parsing bytes: [UInt8]) -> [ShownItem] {
        let unreadable = ShownItem.note("what the program showed could not be read")
        let limits = JSONLimits(maxBytes: maximumBytes, maxDepth: 5, maxMembers: 40_000)
        let told: [JSON]
        do throws(JSONError) {
            guard let list = try JSON(parsing: bytes, limits: limits).asArray else {
                return [unreadable]
            }
            told = list
        } catch { return [unreadable] }
        let items = told.prefix(maximumItems).compactMap(ShownItem.init)
        return items.count == told.count ? items : items + [unreadable]
    }

    private init?(_ told: JSON) {
        switch told["kind"]?.asString {
        case "picture":
            guard let preview = told["preview"]?.asInteger,
                (1...Int64(Self.maximumPreviews)).contains(preview)
            else { return nil }
            let file = told["file"]?.asString.map { $0.cut(to: Self.maximumNameCharacters) }
            self = .picture(preview: Int(preview), file: file)
        case "table":
            guard let table = ShownTable(told) else { return nil }
            self = .table(table)
        case "text":
            guard let mime = told["mime"]?.asString, Self.mimes.contains(mime),
                let text = told["text"]?.asString
            else { return nil }
            self = .text(mime: mime, text.cut(to: Self.maximumTextCharacters))
        case "note":
            guard let text = told["text"]?.asString else { return nil }
            self = .note(text.cut(to: Self.maximumNoteCharacters))
        default: return nil
        }
    }
}

extension String {
    /// The first so many Unicode scalars.
    func cut(to count: Int) -> String {
        utf8.count <= count ? self : String(String.UnicodeScalarView(unicodeScalars.prefix(count)))
    }
}
