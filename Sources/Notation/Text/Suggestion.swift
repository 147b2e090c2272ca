/// "Did you mean …?"
package enum Suggestion {
    /// Longer names are not compared: the cost grows with the product of the lengths.
    static let longestName = 64

    /// The candidate closest to `name`, or nil if none is close: one edit for every three
    /// characters, at least one, case not counted. Ties go to the earlier candidate.
    package static func nearest(
        to name: String, among candidates: some Sequence<String>
    ) -> String? {
        guard !name.isEmpty, name.utf8.count <= longestName else { return nil }
        let wanted = Array(name.lowercased().unicodeScalars)
        var best: (candidate: String, distance: Int)?
        for candidate in candidates where candidate.utf8.count <= longestName {
            let distance = distance(wanted, Array(candidate.lowercased().unicodeScalars))
            if distance <= max(1, wanted.count / 3), distance < best?.distance ?? .max {
                best = (candidate, distance)
            }
        }
        return best?.candidate
    }

    /// Insertions, deletions, replacements and swaps of neighbors that turn one into the other.
    static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var beforeLast = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let isSame = left[row] == right[column]
                var cost = min(last[column] + (isSame ? 0 : 1), last[column + 1] + 1)
                cost = min(cost, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1],
                    left[row - 1] == right[column]
                {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}
