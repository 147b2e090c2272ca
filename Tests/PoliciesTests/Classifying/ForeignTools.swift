// The labelled tools of other servers, in two halves: one to learn from, one only to be scored on.

import Foundation

@testable import Policies

/// One line of a file of labelled tools.
struct LabelledTool {
    let server: String
    let name: String
    let category: Policies.Category

    /// A whole server is on one side: its names resemble each other.
    var isHeldOut: Bool {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in server.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return hash >> 32 & 1 == 1
    }

    static let all = read("foreign-tools.tsv")
    /// Labelled by others, after the rules were made.
    static let published = read("published-names.tsv")

    private static func read(_ name: String) -> [LabelledTool] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent(name)
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap { line in
            let cells = line.split(separator: "\t").map(String.init)
            guard cells.count == 3, let category = Policies.Category(rawValue: cells[2]) else {
                return nil
            }
            return LabelledTool(server: cells[0], name: cells[1], category: category)
        }
    }
}
