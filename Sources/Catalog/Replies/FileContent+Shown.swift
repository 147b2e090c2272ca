// A file's content as a model reads it.

import Notation

extension FileContent {
    /// Digits shown of a file that is no text.
    static let shownDigits = 1024
    /// Endings of files that get a fence with their own name.
    private static let languages: Set<String> = [
        "bat", "c", "cfg", "cpp", "css", "csv", "go", "h", "html", "ini", "java", "js", "json",
        "md", "ps1", "py", "pyi", "rs", "rst", "sh", "sql", "swift", "toml", "ts", "txt", "xml",
        "yaml", "yml",
    ]

    /// nil: bytes that are no UTF-8, or hold a NUL, as UTF-16 and most programs do.
    var textContent: String? {
        bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
    }

    /// The first digits of a file that is no text.
    var digits: String { Hex.encode(bytes.prefix(Self.shownDigits / 2)) }

    /// Text between fences that are longer than any row of backquotes in it, so that it can't end
    /// its own fence.
    func fenced(_ text: String) -> String {
        var longest = 0
        var row = 0
        for byte in text.utf8 {
            row = byte == 0x60 ? row + 1 : 0
            longest = max(longest, row)
        }
        let fence = String(repeating: "`", count: max(3, longest + 1))
        let end = text.hasSuffix("\n") || text.isEmpty ? "" : "\n"
        return "\(fence)\(language)\n\(text)\(end)\(fence)"
    }

    private var language: String {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
        let ending = name[name.index(after: dot)...].lowercased()
        return Self.languages.contains(ending) ? ending : ""
    }
}
