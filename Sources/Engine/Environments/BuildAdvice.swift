// From what an installer printed to what the user should do. Pure.

/// Reads the log of a failed build.
package enum BuildAdvice {
    /// Lines of the log that the message quotes.
    static let shownLines = 4

    private static let rules: [(signs: [String], fix: String)] = [
        (
            ["ensurepip is not available", "No module named venv", "No module named ensurepip"],
            "apt-get install python3-venv"
        ),
        (
            ["DO NOT MATCH THE HASHES"],
            "the index gave other files than the lock names: do not trust it; try another one "
                + "(PIP_INDEX_URL)"
        ),
        (["No space left on device"], "make room under --home, then try again"),
        (
            ["CERTIFICATE_VERIFY_FAILED", "certificate verify failed"],
            "name the certificates to trust in PIP_CERT, then try again"
        ),
        (
            [
                "NewConnectionError", "ConnectTimeoutError", "Temporary failure in name resolution",
                "Name or service not known", "Network is unreachable", "ProxyError",
                "Connection refused", "Read timed out", "ConnectionResetError",
            ],
            "this step needs the network: connect, or set HTTPS_PROXY or PIP_INDEX_URL, then try "
                + "again"
        ),
        (
            ["No matching distribution found", "Could not find a version"],
            "the index has no wheel of it for this machine and this Python; sandboa needs an "
                + "x86-64 Debian 12, or a lock of its own (make lock)"
        ),
        (["Permission denied"], "check the permissions under --home"),
    ]

    package static func error(_ name: String, log: String) -> EngineError {
        let rule = rules.first { rule in rule.signs.contains { log.contains(text: $0) } }
        let lines = log.split(separator: "\n").filter { !$0.hasPrefix("WARNING: Retrying") }
        return EngineError(
            stage: "environment \(name)",
            message: lines.suffix(shownLines).joined(separator: " / "),
            fix: rule?.fix ?? "try again; nothing half made is left")
    }
}

extension String {
    fileprivate func contains(text: String) -> Bool {
        var rest = utf8[...]
        let needle = text.utf8
        while rest.count >= needle.count {
            if rest.starts(with: needle) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}
