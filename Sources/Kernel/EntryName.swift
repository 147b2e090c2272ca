// Names as the kernel has them: bytes.

/// The name of one entry of a directory.
///
/// INVARIANT: it is not empty, has no slash and no NUL, and is neither `.` nor `..`: a call that
/// follows no link can't leave the directory by it.
package struct EntryName: Hashable, Comparable, Sendable {
    package let bytes: [UInt8]

    /// Nil for what can't be the name of an entry. Its length is the file system's business.
    package init?(_ bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        let dot = UInt8(ascii: ".")
        if bytes.isEmpty || bytes == [dot] || bytes == [dot, dot] { return nil }
        if bytes.contains(0) || bytes.contains(UInt8(ascii: "/")) { return nil }
        self.bytes = bytes
    }

    package init?(_ text: String) { self.init(text.utf8) }

    /// By bytes.
    package static func < (left: EntryName, right: EntryName) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }

    /// As the C shim takes it.
    var terminated: [CChar] { EntryPath.terminated(bytes) }

    /// For an error's subject.
    var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// The way from a directory to something beneath it, name by name; no names: the directory itself.
package struct EntryPath: Hashable, Sendable {
    package let names: [EntryName]

    package init(_ names: [EntryName] = []) { self.names = names }

    /// The names with slashes between, in bytes; empty for the directory itself.
    package var bytes: [UInt8] {
        Array(names.map(\.bytes).joined(separator: [UInt8(ascii: "/")]))
    }

    /// Everything but the last name; nil for the directory itself.
    package var parent: EntryPath? { names.isEmpty ? nil : EntryPath(names.dropLast()) }

    package static func / (path: EntryPath, name: EntryName) -> EntryPath {
        EntryPath(path.names + [name])
    }

    private init(_ names: ArraySlice<EntryName>) { self.names = Array(names) }

    /// As the C shim takes it.
    var terminated: [CChar] {
        names.isEmpty ? Self.terminated([UInt8(ascii: ".")]) : Self.terminated(bytes)
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    fileprivate static func terminated(_ bytes: [UInt8]) -> [CChar] {
        bytes.map(CChar.init(bitPattern:)) + [0]
    }
}
