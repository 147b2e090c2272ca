// Reads what a description says the tool does: the verb a sentence begins with, and those joined
// to it. Verbs that are negated ("does not delete") or belong to advice ("before you delete")
// don't count.
//
// INVARIANT: one pass, at most `maxWords` words, whatever the length of the text.

struct DescriptionReader {
    static let maxWords = 600
    /// So many sentences may say what the tool does, until one has.
    private static let opening = 3
    /// Words that a "not" covers, in its sentence.
    private static let negationReach = 8

    /// How much a verb says, by where it stands; of 1,000.
    private enum Weight {
        static let lead = 600
        static let joined = 500
        static let listed = 450
        static let later = 250
        static let object = 450
    }

    private let words: [DescriptionWord]
    private var reading = DescriptionReading()
    /// From zero.
    private var sentence = 0
    private var expectsVerb = true
    private var hasVerb = false
    /// The sentence lists what the tool can do: "Supports install, add and remove."
    private var lists = false
    private var hasSpoken: Bool {
        reading.evidence.contains { $0.weight >= Evidence.deciding }
    }
    /// The rest of the sentence is about something else.
    private var isAside = false
    private var negatedUntil = 0

    private init(_ words: [DescriptionWord]) { self.words = words }

    static func read(_ text: String) -> DescriptionReading {
        var reader = DescriptionReader(DescriptionWord.split(text, limit: maxWords))
        for place in reader.words.indices { reader.take(place) }
        return reader.reading
    }

    private mutating func take(_ place: Int) {
        let word = words[place]
        begin(word.before)
        if sentence == 0 { reading.nouns.formUnion(Lexicon.nouns(word.text)) }
        if word.text == "only", word.before == .hyphen, place > 0, words[place - 1].text == "read" {
            add(.read, "read-only", Weight.later)
        }
        switch Self.roles[word.text] {
        case .aside:
            isAside = true
            return
        case .negation:
            negatedUntil = place + Self.negationReach
            return
        case .introduction:
            lists = true
            expectsVerb = true
            return
        case .conjunction:
            expectsVerb = hasVerb || lists
            if word.text == "but" { negatedUntil = place }
            return
        case .filler: return
        case nil: break
        }
        guard expectsVerb, !isAside else { return }
        expectsVerb = isHyphenated(place)
        guard let (stem, verb) = Self.verb(word.text), !isHyphenated(place) else { return }
        if place < negatedUntil {
            hasVerb = true
            return
        }
        judge(stem, verb, at: place)
    }

    private mutating func begin(_ boundary: DescriptionWord.Boundary) {
        switch boundary {
        case .none, .hyphen: break
        case .comma: expectsVerb = hasVerb || lists
        case .bracket: expectsVerb = lists
        case .colon:
            lists = hasVerb || lists
            expectsVerb = true
            isAside = false
        case .sentence:
            sentence += 1
            expectsVerb = true
            hasVerb = false
            lists = false
            isAside = false
            negatedUntil = 0
        }
    }

    /// "Save and run it" runs; "find source and test files" does not test.
    private func followsVerb(_ place: Int) -> Bool {
        let before = words[..<place].last { Self.roles[$0.text] != .conjunction }
        return before.map { Self.verb($0.text) != nil } ?? false
    }

    /// The first half of `type-check`; the second half is the verb.
    private func isHyphenated(_ place: Int) -> Bool {
        place + 1 < words.count && words[place + 1].before == .hyphen
    }

    private mutating func judge(_ stem: String, _ verb: Verb, at place: Int) {
        let isLead = !hasVerb
        hasVerb = true
        let object = objectWords(after: place)
        let nouns = object.reduce(into: NounKinds()) { $0.formUnion(Lexicon.nouns($1)) }
        var category = NameCorrection.category(of: stem, verb.category, objects: nouns)
        if Lexicon.obeying.contains(stem) {
            if let last = object.last, Self.isLook(last), !object.contains(where: Self.isCode) {
                category = .read
            } else if nouns.contains(.code) || object.contains("arbitrary") {
                reading.obeysText = reading.obeysText || sentence == 0
            }
        }
        let isName = verb.isNounToo && !isLead && !lists && !followsVerb(place)
        let weight = isName ? Weight.later : weight(isLead: isLead)
        add(category, stem, weight)
        guard weight >= Evidence.deciding else { return }
        if Lexicon.installing.contains(stem) { reading.installs = true }
        if category == .destructive, isLead, !lists { reading.leadsWithDestruction = true }
        if isLead, sentence == 0, !lists { claim(stem, object, at: place) }
        if nouns.contains(.money), sentence == 0 {
            reading.evidence.append(
                Evidence(
                    .descriptionNoun, object.first { Lexicon.nouns($0).contains(.money) } ?? stem,
                    .financial, weight: Weight.object))
        }
    }

    private mutating func claim(_ stem: String, _ object: [String], at place: Int) {
        let rest = words[(place + 1)...]
        guard let claim = DescriptionClaim(verb: stem, object: object, rest: rest) else { return }
        reading.claim = claim
        reading.evidence.append(claim.evidence)
    }

    private func weight(isLead: Bool) -> Int {
        if lists { return Weight.listed }
        guard sentence == 0 || sentence < Self.opening && !hasSpoken else { return Weight.later }
        return isLead ? Weight.lead : Weight.joined
    }

    private mutating func add(_ category: Category, _ text: String, _ weight: Int) {
        reading.evidence.append(Evidence(.descriptionVerb, text, category, weight: weight))
    }

    /// The words of what a verb acts on.
    private func objectWords(after place: Int) -> [String] {
        var object: [String] = []
        for word in words[(place + 1)...].prefix(6) {
            let ends = word.before != .none && word.before != .hyphen
            let isLink =
                Lexicon.prepositions.contains(word.text)
                || Lexicon.conjunctions.contains(word.text)
            if ends || isLink { break }
            object.append(word.text)
        }
        return object
    }

    /// `formatter`, `analysis`, `search`: what is run only looks.
    private static func isLook(_ word: String) -> Bool {
        let stems = [word] + Inflection.withoutS(word) + Inflection.withoutNounEnding(word)
        return stems.contains { Lexicon.verb($0)?.category == .read }
    }

    static func isCode(_ word: String) -> Bool {
        ["sql", "shell", "bash", "command", "commands", "script", "arbitrary"].contains(word)
    }

    private static func verb(_ word: String) -> (String, Verb)? {
        for stem in [word] + Inflection.withoutS(word) + Inflection.withoutIng(word) {
            if let verb = Lexicon.verb(stem) { return (stem, verb) }
        }
        return nil
    }

    /// Words that steer the reading.
    private enum Role {
        /// What follows is negated.
        case negation
        /// The rest of the sentence is about something else.
        case aside
        /// A list of what the tool can do follows.
        case introduction
        case conjunction
        /// It says nothing.
        case filler
    }

    private static let roles: [String: Role] = {
        var roles: [String: Role] = [:]
        for (role, words) in roleTable {
            for word in words.split(separator: " ") { roles[String(word)] = role }
        }
        return roles
    }()

    private static let roleTable: [(Role, String)] = [
        (.negation, "not never without cannot cant dont doesnt wont no nor neither"),
        (
            .aside,
            """
            when if unless before after instead rather unlike than which that because while where \
            whether
            """
        ),
        (.introduction, "supports actions operations subcommands capabilities"),
        (.conjunction, "and but or then"),
        (
            .filler,
            """
            a an the this it tool use used uses will can may allows allow lets let you enables \
            helps to simply safely quickly directly easily function for provides be does do one \
            please permanently irreversibly is are action also optionally
            """
        ),
    ]
}
