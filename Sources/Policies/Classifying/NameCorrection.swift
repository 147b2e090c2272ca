// What a verb does depends on what it is done to. Each correction is a set of verbs, a kind of
// noun, and the category of the two together; the first that fits counts.

struct NameCorrection {
    let verbs: Set<String>
    let nouns: NounKinds
    let category: Category

    private init(_ verbs: String, _ nouns: NounKinds, _ category: Category) {
        self.verbs = Set(verbs.split(separator: " ").map(String.init))
        self.nouns = nouns
        self.category = category
    }

    static func category(of verb: String, _ category: Category, objects: NounKinds) -> Category {
        let fitting = table.first {
            !$0.nouns.isDisjoint(with: objects) && $0.verbs.contains(verb)
        }
        if let fitting { return fitting.category }
        return fallback[verb] ?? category
    }

    private static let table: [NameCorrection] = [
        // Nothing is lost that does not come back.
        NameCorrection(
            "clear reset flush purge invalidate prune discard evict forget", .fleeting, .write),
        // Trading is money, whatever the verb.
        NameCorrection("place close liquidate submit", .trade, .financial),
        // Players and timers are no machines.
        NameCorrection("start stop pause resume play", .mild, .write),
        NameCorrection("cancel", .process, .execute),
        NameCorrection("create make new", .launched, .execute),
        NameCorrection("take", .picture, .read),
        NameCorrection("activate enable", .plugin, .execute),
        NameCorrection("open new", .page, .execute),
        NameCorrection("apply", .styling, .write),
        NameCorrection("generate", .answer, .read),
        NameCorrection("request make send forward", .remote, .execute),
        // Who may write a statement may write any statement.
        NameCorrection("write create", .query, .execute),
    ]

    /// Verbs that mean little without one of the nouns above.
    private static let fallback: [String: Category] = ["take": .write, "make": .write]
}
