/// The known name a mistyped one was probably meant to be.
enum Suggestion {
    /// Longest name worth comparing, in bytes; it bounds the work a hostile name can cause.
    static let maxBytes = 64

    /// The nearest candidate, if near enough to be worth saying; the first of equals.
    static func nearest(to name: String, among candidates: [String]) -> String? {
        let wanted = folded(name)
        guard !wanted.isEmpty && wanted.count <= maxBytes else {
            return nil
        }
        var best: String?
        var bestDistance = wanted.count / 3 + 1
        for candidate in candidates where candidate.utf8.count <= maxBytes {
            let letters = folded(candidate)
            guard abs(letters.count - wanted.count) < bestDistance else {
                continue
            }
            let distance = editDistance(wanted, letters)
            if distance < bestDistance {
                best = candidate
                bestDistance = distance
            }
        }
        return best
    }

    /// Case and separators are what people and models mix up most; they count for nothing here.
    private static func folded(_ name: String) -> [UInt8] {
        name.lowercased().utf8.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") }
    }

    /// Fewest insertions, deletions and replacements that turn one into the other.
    private static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let replaced = diagonal + (a == b ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, diagonal + 1, row[j] + 1)
            }
        }
        return row[right.count]
    }
}
