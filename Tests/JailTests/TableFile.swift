import Foundation
import Notation

@testable import Jail

/// The shipped table, read once.
enum TableFile {
    static let json: JSON = {
        let path = "/tmp/seccomp-scratch/x86_64.json"
        guard let data = FileManager.default.contents(atPath: path) else {
            fatalError("cannot read \(path)")
        }
        do { return try JSON(parsing: Array(data)) } catch { fatalError("\(error)") }
    }()

    static let table: SyscallTable = {
        do { return try SyscallTable(loading: json) } catch { fatalError("\(error)") }
    }()

    /// Every variant the table has; a new one is tested without being mentioned.
    static let variants = table.variants.keys.sorted()
}
