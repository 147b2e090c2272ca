// What the name of a metadata directory says of the package it belongs to. Pure.

/// `NAME-VERSION.dist-info` or `NAME-VERSION[-py3.11].egg-info`, taken apart.
enum DistributionName: Hashable, Sendable {
    /// No metadata: a package's own directory, a file.
    case other
    case package(name: String, version: String)
    /// Metadata whose name says too little, or what no installer writes.
    case unclear

    /// Longest name and version that are believed, in bytes each.
    private static let maximumBytes = 100

    init(_ entry: String) {
        if entry.hasSuffix(".dist-info") {
            self = Self.parts(Array(entry.utf8.dropLast(".dist-info".utf8.count))) ?? .unclear
        } else if entry.hasSuffix(".egg-info") {
            let stem = Self.withoutPython(entry.dropLast(".egg-info".count))
            self = Self.parts(Array(stem.utf8)) ?? .unclear
        } else {
            self = .other
        }
    }

    /// `demo-1.0-py3.11-linux-x86_64`: the Python it was built for, and the platform.
    private static func withoutPython(_ stem: Substring) -> Substring {
        guard let mark = stem.firstRange(of: "-py") else { return stem }
        guard let next = stem[mark.upperBound...].first, next.isNumber else { return stem }
        return stem[..<mark.lowerBound]
    }

    /// A hyphen of the name is written `_`, so the version begins behind the first hyphen; old
    /// installers left hyphens in names, but no version begins with a letter.
    private static func parts(_ stem: [UInt8]) -> DistributionName? {
        let dash = stem.indices.dropLast().first { stem[$0] == 0x2D && isDigit(stem[$0 + 1]) }
        guard let dash else { return nil }
        let name = stem[..<dash]
        let version = stem[(dash + 1)...]
        guard (1...maximumBytes).contains(name.count), version.count <= maximumBytes,
            let first = name.first, let last = name.last, isLetterOrDigit(first),
            isLetterOrDigit(last), name.allSatisfy({ isLetterOrDigit($0) || isSeparator($0) }),
            version.allSatisfy({ isLetterOrDigit($0) || ".!+_".utf8.contains($0) })
        else { return nil }
        return .package(
            name: normalized(String(decoding: name, as: UTF8.self)),
            version: String(decoding: version, as: UTF8.self))
    }

    /// Names that differ only in case and separators are one package's.
    static func normalized(_ name: String) -> String {
        name.lowercased().split(omittingEmptySubsequences: false) { "-_.".contains($0) }
            .filter { !$0.isEmpty }.joined(separator: "-")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x41...0x5A).contains(byte & 0xDF)
    }

    private static func isSeparator(_ byte: UInt8) -> Bool { "-_.".utf8.contains(byte) }
}
