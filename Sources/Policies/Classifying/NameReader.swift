// Reads a tool's name: finds its verb, wherever it stands, and lets the nouns correct it.
//
// INVARIANT: a word that could name an effect is never dropped as a part of the server's name, so
// a server can't hide `delete` by calling itself "delete".

struct NameReader {
    /// A word of the name with what the lexicon knows of it.
    private struct Word {
        let text: String
        let verb: Verb?
        let nouns: NounKinds
    }

    /// How sure a verb is, by where it stands; of 1,000.
    private enum Place: Int {
        case front = 920
        case end = 860
        case inside = 800
        case derived = 600
        case noun = 580
    }

    private struct Head {
        let index: Int
        let text: String
        let category: Category
        let place: Place
    }

    private let words: [Word]
    private let handlesMoney: Bool

    /// `serverWords` are the words of the server's own name.
    init(_ name: String, serverWords: Set<String> = [], handlesMoney: Bool = false) {
        self.handlesMoney = handlesMoney
        let all = NameTokens.split(name)
        let kept = all.filter { token in
            if Lexicon.fillers.contains(token) { return false }
            guard serverWords.contains(token) else { return true }
            return Self.saysMore(token)
        }
        words = (kept.isEmpty ? all : kept).flatMap(Self.known)
    }

    /// Whether a word of the server's name still tells something about an effect.
    private static func saysMore(_ token: String) -> Bool {
        if let verb = Lexicon.verb(token) { return verb.category > .read }
        return !Lexicon.nouns(token).isDisjoint(with: [.money, .oftenMoney, .shell])
    }

    func read() -> NameReading {
        var reading = NameReading()
        reading.nouns = words.reduce(into: []) { $0.formUnion($1.nouns) }
        guard let head = head() ?? derivedHead() else {
            readNouns(into: &reading)
            applyMoney(to: &reading)
            return reading
        }
        reading.verb = head.text
        reading.confidence = head.place.rawValue
        let category = corrected(head)
        reading.category = category
        add(head.text, category, head.place, to: &reading)
        applyOtherVerbs(than: head, to: &reading)
        reading.installs = words.contains { Lexicon.installing.contains($0.text) }
        reading.obeysText = obeysText(head)
        applyMoney(to: &reading)
        return reading
    }

    // MARK: Finding the verb

    private func head() -> Head? {
        guard !words.isEmpty else { return nil }
        let limit = words.firstIndex { Lexicon.prepositions.contains($0.text) } ?? words.count
        return head(before: limit) ?? (limit < words.count ? head(before: words.count) : nil)
    }

    private func head(before limit: Int) -> Head? {
        let places = words.indices.prefix(limit)
        if let pure = places.first(where: { words[$0].verb?.isNounToo == false }) {
            return head(at: pure, last: limit - 1)
        }
        let either = places.filter { words[$0].verb != nil }
        if either.first == 0 { return head(at: 0, last: limit - 1) }
        return either.last.flatMap { head(at: $0, last: limit - 1) }
    }

    private func head(at index: Int, last: Int) -> Head? {
        guard let verb = words[index].verb else { return nil }
        let place: Place = index == 0 ? .front : index == last ? .end : .inside
        return Head(index: index, text: words[index].text, category: verb.category, place: place)
    }

    /// `crawling`, `summarizer`, `validation`: weaker, because the thing is not the deed.
    private func derivedHead() -> Head? {
        if let last = words.last, words.count > 1, ["on", "off"].contains(last.text) {
            return Head(index: words.count - 1, text: "turn", category: .write, place: .derived)
        }
        for (index, word) in words.enumerated() where !word.nouns.contains(.report) {
            let stems =
                Inflection.withoutIng(word.text) + Inflection.withoutNounEnding(word.text)
                + Inflection.withoutS(word.text).filter { Lexicon.verb($0)?.isNounToo == false }
            for stem in stems {
                guard let verb = Lexicon.verb(stem) else { continue }
                return Head(index: index, text: stem, category: verb.category, place: .derived)
            }
        }
        return nil
    }

    // MARK: Judging it

    /// The nouns' corrections to the verb, the first that fits.
    private func corrected(_ head: Head) -> Category {
        let objects = words.enumerated().filter { $0.offset != head.index }
            .reduce(into: NounKinds()) { $0.formUnion($1.element.nouns) }
        return NameCorrection.category(of: head.text, head.category, objects: objects)
    }

    /// `search_and_replace` does both; `run_delete` runs and deletes: the more severe counts.
    private func applyOtherVerbs(than head: Head, to reading: inout NameReading) {
        for (index, word) in words.enumerated() where index != head.index {
            guard let verb = word.verb, counts(verb, at: index, beside: head) else { continue }
            let category = NameCorrection.category(
                of: word.text, verb.category, objects: reading.nouns)
            add(word.text, category, .inside, to: &reading)
            raise(&reading, to: category)
        }
    }

    /// Whether a verb that is not the head is something the tool does, too.
    private func counts(_ verb: Verb, at index: Int, beside head: Head) -> Bool {
        if index == 0 { return verb.category == .execute }
        let before = words[index - 1].text
        if Lexicon.conjunctions.contains(before) { return true }
        // `search_replace` leaves the "and" out.
        if ["find", "search"].contains(before) { return !verb.isNounToo }
        // `stash_drop`: two nouns that are verbs, and the last one destroys.
        let isLast = index == words.count - 1
        return isLast && verb.category == .destructive && words[head.index].verb?.isNounToo == true
    }

    private func obeysText(_ head: Head) -> Bool {
        let speaksOfCode = words.enumerated().contains {
            $0.offset != head.index && $0.element.nouns.contains(.code)
        }
        if Lexicon.obeying.contains(head.text) { return speaksOfCode || words.count == 1 }
        return words[head.index].nouns.contains(.code) && head.category == .execute
    }

    /// A name without a verb asks for what it names, if that is something one asks for.
    private func readNouns(into reading: inout NameReading) {
        if let word = words.first(where: { $0.nouns.contains(.shell) }) {
            reading.evidence.append(Evidence(.nameNoun, word.text, .execute, weight: 500))
            reading.category = .execute
            reading.confidence = 500
            reading.obeysText = true
            return
        }
        let asked =
            words.last { $0.nouns.contains(.report) } ?? words.first { $0.nouns.contains(.showing) }
        guard let asked else { return }
        reading.evidence.append(Evidence(.nameNoun, asked.text, .read, weight: Place.noun.rawValue))
        reading.category = .read
        reading.confidence = Place.noun.rawValue
    }

    /// Money outranks every verb, reading included.
    private func applyMoney(to reading: inout NameReading) {
        for (index, word) in words.enumerated() {
            let isQualified =
                !handlesMoney
                && words.prefix(index + 2).enumerated().contains {
                    $0.offset != index && $0.element.nouns.contains(.notMoney)
                }
            let isMoney =
                word.nouns.contains(.money)
                || word.nouns.contains(.oftenMoney) && !isQualified
                || word.verb?.category == .financial && !isQualified
            guard isMoney else { continue }
            reading.evidence.append(Evidence(.nameNoun, word.text, .financial, weight: 900))
            reading.confidence = max(reading.confidence, 850)
            reading.category = .financial
            return
        }
    }

    private func add(
        _ text: String, _ category: Category, _ place: Place, to reading: inout NameReading
    ) {
        reading.evidence.append(Evidence(.nameVerb, text, category, weight: place.rawValue))
    }

    private func raise(_ reading: inout NameReading, to category: Category) {
        guard let current = reading.category else { return }
        if category.candidateRank > current.candidateRank { reading.category = category }
    }

    // MARK: Words

    /// A token as words: one, or two when it is a verb and its object run together.
    private static func known(_ token: String) -> [Word] {
        let word = Word(text: token, verb: Lexicon.verb(token), nouns: Lexicon.nouns(token))
        if word.verb != nil || !word.nouns.isEmpty { return [word] }
        if Lexicon.prepositions.contains(token) || Lexicon.conjunctions.contains(token) {
            return [word]
        }
        let digits = token.utf8.reversed().prefix { (0x30...0x39).contains($0) }.count
        if digits > 0, token.utf8.count > digits + 1 {
            return known(String(token.utf8.dropLast(digits)) ?? "")
        }
        return JoinedWords.split(token).map { part in
            Word(text: part, verb: Lexicon.verb(part), nouns: Lexicon.nouns(part))
        }
    }
}
