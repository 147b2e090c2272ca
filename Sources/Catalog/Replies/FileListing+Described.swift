// A listing as results tell it: in fields, and by folder.

import Notation

extension FileListing {
    /// The files folder by folder, the listed directory itself first, each in the order of bytes.
    private var grouped: [(folder: Substring, name: Substring, file: File)] {
        let split = files.map { file -> (folder: Substring, name: Substring, file: File) in
            guard let slash = file.path.utf8.lastIndex(of: 0x2F) else {
                return ("", file.path[...], file)
            }
            let start = file.path.utf8.index(after: slash)
            return (file.path[..<slash], file.path[start...], file)
        }
        return split.sorted { left, right in
            left.folder == right.folder
                ? left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
                : left.folder.utf8.lexicographicallyPrecedes(right.folder.utf8)
        }
    }

    /// A line for each folder and, indented, for each file; and the files that have one.
    var lines: (list: LineList, shown: [File]) {
        var list = LineList()
        var shown: [File] = []
        var folder: Substring?
        for (place, name, file) in grouped {
            if place != folder {
                list.add(place.isEmpty ? "./" : "\(String(place).printable)/")
                folder = place
            }
            let size = Quantity.kilobytes(file.bytes)
            guard list.add("  \(String(name).printable) (\(size))") else { break }
            shown.append(file)
        }
        return (list, shown)
    }
}

extension FileListing.File {
    /// The time is null when no calendar has it.
    var fields: JSON {
        [
            "path": .string(path), "bytes": .integer(bytes),
            "modified": RFC3339(seconds: modified).map { .string($0.description) } ?? .null,
        ]
    }
}
