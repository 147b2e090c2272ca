// Reads the tree that the guards judge.

import Foundation

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

/// The checked-out project, read once.
struct SourceTree {
    let root: URL
    let files: [SourceFile]
    /// Every path below the root, directories included.
    let paths: Set<String>

    static let project = SourceTree(
        root: URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent())

    var swift: [SourceFile] { files.filter(\.isSwift) }
    var shipped: [SourceFile] { files.filter(\.isShipped) }

    /// Built things and caches: not ours to judge.
    private static let skipped: Set<String> = [
        ".build", ".git", ".swiftpm", "__pycache__", ".pytest_cache",
    ]
    /// Larger files are data.
    private static let maxBytes = 1 << 20

    init(root: URL) {
        var files: [SourceFile] = []
        var paths: Set<String> = []
        var pending = [""]
        while let folder = pending.popLast() {
            let url = folder.isEmpty ? root : root.appendingPathComponent(folder)
            let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
            for name in names.sorted() where !Self.skipped.contains(name) {
                let path = folder.isEmpty ? name : "\(folder)/\(name)"
                let entry = root.appendingPathComponent(path)
                paths.insert(path)
                var isFolder: ObjCBool = false
                _ = FileManager.default.fileExists(atPath: entry.path, isDirectory: &isFolder)
                if isFolder.boolValue {
                    pending.append(path)
                } else if let text = Self.text(of: entry) {
                    files.append(SourceFile(path: path, text: text))
                }
            }
        }
        self.root = root
        self.files = files.sorted { $0.path < $1.path }
        self.paths = paths
    }

    func file(_ path: String) -> SourceFile? { files.first { $0.path == path } }

    /// Nothing for what is not text, or is too large to have been written by hand.
    private static func text(of url: URL) -> String? {
        guard let data = try? Data(contentsOf: url), data.count <= maxBytes else { return nil }
        return String(data: data, encoding: .utf8)
    }
}
