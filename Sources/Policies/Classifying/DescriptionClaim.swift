// Two things that only a description can say: that what is run is a checker which just reports,
// and that packages are installed and accounted for.
//
// Published catalogues call the first kind Read and the second Write, although both run code. So
// a claim may lower the label of a tool; it never lowers what the suggested rule is made for.
//
// INVARIANT: only the first sentence claims anything, and not one with a negation in it.

/// What the first sentence of a description claims to be harmless.
struct DescriptionClaim: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// "Runs the linter and returns the violations."
        case inspection
        /// "Installs packages and lists what was added."
        case accountedInstall
    }

    let kind: Kind
    /// The checker, or what is installed.
    let object: String

    var evidence: Evidence {
        switch kind {
        case .inspection:
            Evidence(
                .inspection, "may run project code: \(object)", .read,
                weight: Self.weight)
        case .accountedInstall:
            Evidence(
                .accountedInstall, "third-party code, reported: \(object)", .write,
                weight: Self.weight)
        }
    }

    /// Below every verb in front: a claim is worth less than a deed.
    private static let weight = 450

    /// The claim of a sentence that begins with `verb`, acts on `object` and goes on with `rest`.
    init?(verb: String, object: [String], rest: ArraySlice<DescriptionWord>) {
        let sentence = rest.prefix { $0.before != .sentence }
        guard Self.tells(sentence) else { return nil }
        if Lexicon.obeying.contains(verb) {
            guard !object.contains(where: DescriptionReader.isCode),
                let checker = Self.checker(in: object)
            else { return nil }
            self.init(kind: .inspection, object: checker)
        } else if Lexicon.installing.contains(verb) {
            guard let package = object.first(where: Self.packages.contains) else { return nil }
            self.init(kind: .accountedInstall, object: package)
        } else {
            return nil
        }
    }

    private init(kind: Kind, object: String) {
        self.kind = kind
        self.object = object
    }

    // MARK: Reports

    /// Whether a part of the sentence reports results: "and returns counts".
    private static func tells(_ sentence: ArraySlice<DescriptionWord>) -> Bool {
        if sentence.contains(where: { negations.contains($0.text) }) { return false }
        for (place, word) in zip(sentence.indices, sentence) where telling.contains(word.text) {
            let joins =
                word.before == .comma
                || place > sentence.startIndex
                    && Lexicon.conjunctions.contains(sentence[place - 1].text)
            let told = sentence[(place + 1)...].prefix(reach)
            if joins, told.contains(where: { results.contains($0.text) }) { return true }
        }
        return false
    }

    /// So many words after "returns" may say what.
    private static let reach = 4

    private static let telling = words(
        """
        report reports reporting return returns returning list lists listing show shows showing \
        summarize summarizes summarise summarises print prints
        """)
    private static let results = words(
        """
        added changed conflict conflicts count counts coverage diagnostic diagnostics error errors \
        failed failure failures files finding findings installed issue issues offenses outcome \
        output passed problem problems report reports result results statistics summary violation \
        violations vulnerabilities warning warnings what which
        """)
    private static let negations = words("not never without cannot cant dont doesnt no nor neither")

    // MARK: Objects

    /// The object that looks at a project: `linter`, `test suite`, `doctest`. It stands last.
    private static func checker(in object: [String]) -> String? {
        let named = object.reversed().drop { carriers.contains($0) }
        return named.first.flatMap { isChecker($0) ? $0 : nil }
    }

    private static func isChecker(_ word: String) -> Bool {
        guard !lookalikes.contains(word) else { return false }
        let singular = [word] + Inflection.withoutS(word)
        return singular.contains { word in checkers.contains { word.hasSuffix($0) } }
    }

    /// How the names of checkers end, as words and as parts of joined words.
    private static let checkers = [
        "analyzer", "analyser", "audit", "auditor", "check", "checker", "formatter", "lint",
        "linter", "test",
    ]
    /// They end like a checker and are none.
    private static let lookalikes = words(
        "latest fastest greatest shortest contest protest paycheck attest")
    /// A checker's companions.
    private static let carriers = words("suite suites runner runners tool tools case cases")
    private static let packages = words(
        "package packages dependency dependencies requirement requirements")

    private static func words(_ text: String) -> Set<String> {
        Set(text.split(separator: " ").map(String.init))
    }
}
