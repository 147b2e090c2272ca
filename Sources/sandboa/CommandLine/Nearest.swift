/// Finds what somebody probably meant to type.
enum Nearest {
    /// Longer words aren't compared: the work grows with the product of the lengths.
    static let maxLength = 64

    /// The candidate closest to `word`, if one is close enough to be worth a suggestion.
    ///
    /// Close is at most one slip for each three letters, or being the beginning of one candidate.
    static func to(_ word: String, among candidates: [String]) -> String? {
        guard !word.isEmpty, word.utf8.count <= maxLength else { return nil }
        let allowed = max(1, word.count / 3)
        let scored =
            candidates
            .map { (name: $0, slips: slips(from: Array(word.lowercased()), to: Array($0))) }
            .filter { $0.slips <= allowed && $0.slips < $0.name.count }
        if let best = scored.min(by: { ($0.slips, $0.name) < ($1.slips, $1.name) }) {
            return best.name
        }
        let begun = candidates.filter { $0.hasPrefix(word.lowercased()) }
        return begun.count == 1 ? begun.first : nil
    }

    /// How many letters must be added, dropped, changed or swapped with their neighbor
    /// (optimal string alignment).
    static func slips(from source: [Character], to target: [Character]) -> Int {
        guard !source.isEmpty, !target.isEmpty else { return max(source.count, target.count) }
        var beforeLast: [Int] = []
        var last = Array(0...target.count)
        for row in 1...source.count {
            var current = [row]
            for column in 1...target.count {
                let same = source[row - 1] == target[column - 1]
                var cost = min(last[column] + 1, current[column - 1] + 1)
                cost = min(cost, last[column - 1] + (same ? 0 : 1))
                if row > 1, column > 1, source[row - 1] == target[column - 2],
                    source[row - 2] == target[column - 1]
                {
                    cost = min(cost, beforeLast[column - 2] + 1)
                }
                current.append(cost)
            }
            beforeLast = last
            last = current
        }
        return last[target.count]
    }
}
