// A folder of a test's own.

import Foundation

/// Made empty, and removed with everything in it when the test lets go.
final class Folder {
    let path: String

    init() throws {
        let place = FileManager.default.temporaryDirectory
            .appending(path: "sandboa-engine-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        path = place.path(percentEncoded: false)
    }

    deinit { do { try FileManager.default.removeItem(atPath: path) } catch { return } }

    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        let file = URL(filePath: path).appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }
}
