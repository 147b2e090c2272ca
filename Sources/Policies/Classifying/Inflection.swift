// English endings, as far as tool names and descriptions use them.

enum Inflection {
    /// Words longer than this are not taken apart.
    static let longestWord = 40

    /// What `word` may be the plural, or the third person, of.
    static func withoutS(_ word: String) -> [String] {
        guard word.utf8.count <= longestWord, word.hasSuffix("s"), !word.hasSuffix("ss") else {
            return []
        }
        var stems = [String(word.dropLast())]
        if word.hasSuffix("es") { stems.append(String(word.dropLast(2))) }
        if word.hasSuffix("ies") { stems.append(String(word.dropLast(3)) + "y") }
        return stems
    }

    /// What `word` may be the -ing form of.
    static func withoutIng(_ word: String) -> [String] {
        guard word.hasSuffix("ing") else { return [] }
        return stems(of: word, without: 3)
    }

    /// What `word` may be made of by -er, -or, -ion, -ation: the thing or person that does it.
    static func withoutNounEnding(_ word: String) -> [String] {
        for ending in ["ation", "ion", "er", "or"] where word.hasSuffix(ending) {
            return stems(of: word, without: ending.utf8.count)
        }
        return word.hasSuffix("ysis") && word.utf8.count <= longestWord
            ? [String(word.dropLast(3)) + "ze"] : []
    }

    /// The stem, with an `e`, and with a doubled last consonant made one. Two letters are no stem.
    private static func stems(of word: String, without count: Int) -> [String] {
        guard word.utf8.count <= longestWord, word.utf8.count >= count + 3 else { return [] }
        let stem = String(word.dropLast(count))
        var stems = [stem, stem + "e"]
        let letters = Array(stem.utf8.suffix(2))
        if letters.count == 2, letters[0] == letters[1] { stems.append(String(stem.dropLast())) }
        return stems
    }
}
