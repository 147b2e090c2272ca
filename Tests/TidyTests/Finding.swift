// What a guard reports.

import Testing

/// A place that breaks a house rule, and which.
struct Finding: Hashable, CustomStringConvertible {
    let path: String
    /// One-based; zero when the whole file is meant.
    let line: Int
    let message: String

    var description: String { line == 0 ? "\(path): \(message)" : "\(path):\(line): \(message)" }
}

/// Fails the test once for each finding: none is what every guard should have.
func report(_ findings: [Finding]) {
    for finding in findings { Issue.record("\(finding)") }
}
