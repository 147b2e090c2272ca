// Reads the tree that the guards judge.

import Foundation

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
