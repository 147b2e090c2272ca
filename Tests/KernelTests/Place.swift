// A directory of a test's own, gone when the test is over.

import Foundation

final class Place {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory
            .appending(path: "sandboa-kernel-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
        path = url.path(percentEncoded: false)
    }

    deinit {
        do { try FileManager.default.removeItem(atPath: path) } catch {
            print("left behind: \(path): \(error)")
        }
    }

    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }
}
