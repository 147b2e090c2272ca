// What a guard looks at: one file, as text and as code.

/// One text file of the project: as written, and with comments and strings blanked out.
struct SourceFile {
    /// Relative to the project's root.
    let path: String
    let lines: [String]
    /// The same lines, with the inside of comments and strings replaced by spaces: a word found
    /// here is code.
    let code: [String]

    init(path: String, text: String) {
        self.path = path
        lines = Self.split(text)
        code = path.hasSuffix(".swift") || Self.isC(path) ? Self.split(CodeMask.mask(text)) : lines
    }

    var name: String { String(path.split(separator: "/").last ?? "") }
    var isSwift: Bool { path.hasSuffix(".swift") }
    var isC: Bool { Self.isC(path) }
    var isShipped: Bool { path.hasPrefix("Sources/") }

    /// The target a file belongs to: `Sources/Kernel/Kernel.swift` → `Kernel`.
    var target: String? {
        let parts = path.split(separator: "/")
        return parts.count > 2 && ["Sources", "Tests"].contains(parts[0]) ? String(parts[1]) : nil
    }

    private static func isC(_ path: String) -> Bool { path.hasSuffix(".c") || path.hasSuffix(".h") }

    private static func split(_ text: String) -> [String] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        return lines
    }
}
