// The words that say what a tool does. Words of English and of programming, never names of tools.

/// A word that can be what a tool does.
struct Verb: Hashable, Sendable {
    let category: Category
    /// It is as often a thing: `comment`, `review`, `list`. It counts as a verb in front, at the
    /// end, or when there is no other.
    let isNounToo: Bool
}

/// What a word names, where that changes what a verb does to it.
struct NounKinds: OptionSet, Hashable, Sendable {
    let rawValue: UInt32

    /// Money, or a paper about it.
    static let money = NounKinds(rawValue: 1 << 0)
    /// Money unless the word before says otherwise: a webhook's subscription costs nothing.
    static let oftenMoney = NounKinds(rawValue: 1 << 1)
    /// Such a word before: `notification`, `webhook`.
    static let notMoney = NounKinds(rawValue: 1 << 2)
    /// Text that a machine will obey: code, commands, statements.
    static let code = NounKinds(rawValue: 1 << 3)
    /// What takes commands: its name alone is enough.
    static let shell = NounKinds(rawValue: 1 << 23)
    /// A statement of a query language, which writes as well as it reads.
    static let query = NounKinds(rawValue: 1 << 4)
    /// Something that runs: a job, a deployment.
    static let process = NounKinds(rawValue: 1 << 5)
    /// It starts the moment it is made.
    static let launched = NounKinds(rawValue: 1 << 22)
    /// It comes back by itself when it is lost: a cache, a filter of a view.
    static let fleeting = NounKinds(rawValue: 1 << 6)
    /// Anyone can make it again from what is left: an environment, a session.
    static let recreatable = NounKinds(rawValue: 1 << 7)
    static let picture = NounKinds(rawValue: 1 << 8)
    static let page = NounKinds(rawValue: 1 << 9)
    static let plugin = NounKinds(rawValue: 1 << 10)
    /// What `generate` merely answers with.
    static let answer = NounKinds(rawValue: 1 << 11)
    /// A name that ends in it asks for it: `db-stats`.
    static let report = NounKinds(rawValue: 1 << 12)
    static let secret = NounKinds(rawValue: 1 << 13)
    static let security = NounKinds(rawValue: 1 << 14)
    static let wholeSystem = NounKinds(rawValue: 1 << 15)
    /// Starting and stopping it hurts nobody: playback, a timer.
    static let mild = NounKinds(rawValue: 1 << 16)
    /// Placing or closing it moves money.
    static let trade = NounKinds(rawValue: 1 << 17)
    /// What `apply` does to a document, not to a machine.
    static let styling = NounKinds(rawValue: 1 << 18)
    /// Third-party code that a package manager brings.
    static let package = NounKinds(rawValue: 1 << 19)
    /// `my`, `latest`: the name of what is shown.
    static let showing = NounKinds(rawValue: 1 << 20)
    /// A call to a machine by hand.
    static let remote = NounKinds(rawValue: 1 << 21)
}

enum Lexicon {
    static func verb(_ word: String) -> Verb? { verbs[word] }

    /// The kinds of a noun, in the singular or the plural.
    static func nouns(_ word: String) -> NounKinds {
        if let kinds = nounKinds[word] { return kinds }
        for stem in Inflection.withoutS(word) {
            if let kinds = nounKinds[stem] { return kinds }
        }
        return []
    }

    /// Words after which nothing names what the tool does any more.
    static let prepositions: Set<String> = [
        "as", "at", "by", "for", "from", "in", "into", "of", "on", "over", "to", "until", "using",
        "via", "with", "without",
    ]
    static let conjunctions: Set<String> = ["and", "or", "then"]
    /// Words that say nothing in a name.
    static let fillers: Set<String> = ["a", "an", "api", "mcp", "the", "tool", "tools"]

    private static let verbs: [String: Verb] = {
        var verbs: [String: Verb] = [:]
        for (category, pure, either) in verbTable {
            for word in pure.split(separator: " ") {
                verbs[String(word)] = Verb(category: category, isNounToo: false)
            }
            for word in either.split(separator: " ") {
                verbs[String(word)] = Verb(category: category, isNounToo: true)
            }
        }
        return verbs
    }()

    private static let nounKinds: [String: NounKinds] = {
        var kinds: [String: NounKinds] = [:]
        for (kind, words) in nounTable {
            for word in words.split(separator: " ") {
                kinds[String(word), default: []].formUnion(kind)
            }
        }
        return kinds
    }()
}
