// What Package.swift declares.

/// What a line of the manifest says about one target.
struct ManifestTarget: Hashable {
    let name: String
    let uses: Set<String>
}
