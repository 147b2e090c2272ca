// pyvenv.cfg: what makes a directory a virtual environment. Its bytes may be anybody's. Pure.

/// What a pyvenv.cfg says, as far as it matters here.
struct VirtualEnvironmentSettings: Hashable, Sendable {
    /// Longest file that is looked at, in bytes; usual ones have 300.
    static let maximumBytes = 64 << 10

    /// Where the Python is that it was made from; nil: it does not say.
    let home: String?
    let version: PythonVersion?
    /// Whether packages of that Python can be imported, too.
    let includesSystemPackages: Bool

    /// Reads it as Python does: `key = value` a line, keys in any case, the first of a kind
    /// counts here; what has no `=` is no setting.
    init(_ bytes: [UInt8]) {
        var settings: [String: String] = [:]
        for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            guard let equals = line.firstIndex(of: 0x3D) else { continue }
            let key = Self.trimmed(line[..<equals]).lowercased()
            guard Self.keys.contains(key), settings[key] == nil else { continue }
            settings[key] = Self.trimmed(line[(equals + 1)...])
        }
        home = settings["home"].flatMap { $0.isEmpty ? nil : $0 }
        // virtualenv and uv write `version_info`; venv writes `version`.
        version = (settings["version_info"] ?? settings["version"]).flatMap { PythonVersion($0) }
        includesSystemPackages =
            settings["include-system-site-packages"]?.lowercased() == "true"
    }

    private static let keys: Set = [
        "home", "version", "version_info", "include-system-site-packages",
    ]

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        let start = bytes.firstIndex { !isBlank($0) } ?? bytes.endIndex
        let end = bytes.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }
}
