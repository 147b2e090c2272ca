import Foundation
import Notation

@testable import Jail

/// The shipped table, read once.
enum TableFile {
    static let text: [UInt8] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appending(path: "sandbox/seccomp/x86_64.yaml")
        do { return Array(try Data(contentsOf: file)) } catch { fatalError("\(error)") }
    }()

    static let json: JSON = {
        do { return try YAML.load(text).json() } catch { fatalError("\(error)") }
    }()

    static let table: SyscallTable = {
        do { return try SyscallTable(parsing: text) } catch { fatalError("\(error)") }
    }()

    /// Every variant the table has; a new one is tested without being mentioned.
    static let variants = table.variants.keys.sorted()
}
