// What kind of file bytes are: what the name claims, if the bytes bear it out.

/// Media types by name and content. Nothing depends on them but how a client shows a file.
enum MediaType {
    static let unknown = "application/octet-stream"
    static let text = "text/plain"

    /// How much of a file's beginning is looked at, in bytes.
    static let headBytes = 4096

    private static let magic: [(mime: String, at: Int, bytes: [UInt8])] = [
        ("image/png", 0, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
        ("image/jpeg", 0, [0xFF, 0xD8, 0xFF]),
        ("image/gif", 0, Array("GIF87a".utf8)),
        ("image/gif", 0, Array("GIF89a".utf8)),
        ("image/webp", 8, Array("WEBP".utf8)),
        ("application/pdf", 0, Array("%PDF-".utf8)),
        ("application/zip", 0, [0x50, 0x4B, 0x03, 0x04]),
        ("application/gzip", 0, [0x1F, 0x8B]),
        ("application/vnd.apache.parquet", 0, Array("PAR1".utf8)),
        ("application/x-npy", 0, [0x93] + Array("NUMPY".utf8)),
        ("application/vnd.sqlite3", 0, Array("SQLite format 3\0".utf8)),
    ]

    /// What extensions claim. An archive of a known form is one by its bytes.
    private static let claims: [String: String] = [
        "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
        "webp": "image/webp", "pdf": "application/pdf", "zip": "application/zip",
        "npz": "application/zip", "xlsx": "application/zip", "docx": "application/zip",
        "pptx": "application/zip", "gz": "application/gzip", "npy": "application/x-npy",
        "parquet": "application/vnd.apache.parquet", "db": "application/vnd.sqlite3",
        "sqlite": "application/vnd.sqlite3", "svg": "image/svg+xml", "html": "text/html",
        "htm": "text/html", "csv": "text/csv", "tsv": "text/tab-separated-values",
        "json": "application/json", "md": "text/markdown", "xml": "application/xml",
    ]

    /// Archives that are more than that by their extension.
    private static let archives: [String: String] = [
        "npz": "application/x-npz",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ]

    /// The type of a file with this name that begins with `head`. What claims to be one thing and
    /// is another is unknown.
    static func of(_ name: String, head: [UInt8]) -> String {
        let found = content(head)
        let end = name.split(separator: ".", omittingEmptySubsequences: false).last.map(String.init)
        let ending = name.contains(".") ? end?.lowercased() ?? "" : ""
        guard let claimed = claims[ending] else { return found }
        if found == claimed { return archives[ending] ?? claimed }
        guard found == text, isText(claimed), isBorneOut(claimed, by: head) else { return unknown }
        return claimed
    }

    /// The type of a picture by its bytes alone: PNG or JPEG, what clients can show; nil: neither.
    static func picture(_ bytes: [UInt8]) -> String? {
        let found = content(Array(bytes.prefix(headBytes)))
        return found == "image/png" || found == "image/jpeg" ? found : nil
    }

    /// Whether files of a type are text.
    static func isText(_ mime: String) -> Bool {
        mime.hasPrefix("text/") || mime == "application/json" || mime.hasSuffix("xml")
    }

    private static func content(_ head: [UInt8]) -> String {
        let known = magic.first { head.dropFirst($0.at).starts(with: $0.bytes) }
        return known?.mime ?? (isReadable(head) ? text : unknown)
    }

    private static func isBorneOut(_ claimed: String, by head: [UInt8]) -> Bool {
        let first = head.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        switch claimed {
        case "image/svg+xml": return holds("<svg", head)
        case "text/html", "application/xml": return first == UInt8(ascii: "<")
        case "application/json":
            let words = ["null", "true", "false"].map { Array($0.utf8) }
            return words.contains { head.starts(with: $0) }
                || first.map { Array("{[\"-0123456789".utf8).contains($0) } ?? false
        default: return true
        }
    }

    private static func holds(_ word: String, _ head: [UInt8]) -> Bool {
        let word = Array(word.utf8)
        return head.indices.contains { head[$0...].starts(with: word) }
    }

    /// UTF-8 without control characters but white space; the end may cut a character.
    private static func isReadable(_ head: [UInt8]) -> Bool {
        let white: Set<UInt8> = [0x09, 0x0A, 0x0C, 0x0D, 0x1B]
        guard !head.contains(where: { $0 < 0x20 && !white.contains($0) || $0 == 0x7F }) else {
            return false
        }
        return (0...min(3, head.count)).contains { cut in
            (cut == 0 || head.count == headBytes)
                && String(validating: head.dropLast(cut), as: UTF8.self) != nil
        }
    }
}
