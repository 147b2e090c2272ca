// All that was read about one tool, and the rules that make one category of it.
//
// INVARIANT: what the rules make of the evidence without the description's claim is the category
// that the suggested rule is made for; a claim changes only the label.

struct Findings: Sendable {
    let name: NameReading
    let description: DescriptionReading
    let schema: SchemaReading
    /// The heaviest first.
    let evidence: [Evidence]

    var classification: Classification {
        let unclaimed = category
        let category = claimed(unclaimed)
        let ordered =
            evidence.filter { $0.category == category }
            + evidence.filter { $0.category != category }
        return Classification(
            category: category ?? .execute, ruleCategory: unclaimed ?? .execute,
            severity: severity(of: category ?? .execute),
            confidence: category.map { confidence(in: $0, isClaimed: $0 != unclaimed) } ?? 0,
            isKnown: category != nil, evidence: ordered)
    }

    // MARK: Claims

    /// Where the description's claim explains all that speaks for Execute, what is left.
    private func claimed(_ category: Category?) -> Category? {
        guard category == .execute, !obeysText, let claim = description.claim else {
            return category
        }
        // Any verb of the description counts against it, however little it would decide alone.
        let running = evidence.filter {
            $0.category > .write && ($0.weight >= Evidence.deciding || $0.kind == .descriptionVerb)
        }
        switch claim.kind {
        case .inspection:
            // The one "run" that the claim is about; the name says nothing like it.
            guard running.count == 1, !installs,
                running.allSatisfy({
                    $0.kind == .descriptionVerb && Lexicon.obeying.contains($0.text)
                })
            else { return category }
        case .accountedInstall:
            let kinds: Set<Evidence.Kind> = [.nameVerb, .descriptionVerb]
            guard
                running.allSatisfy({
                    kinds.contains($0.kind) && Lexicon.installing.contains($0.text)
                })
            else { return category }
        }
        return evidence.filter { $0.weight >= Evidence.deciding && $0.category <= .write }
            .map(\.category).max()
    }

    /// Nil: nothing says what the tool does.
    private var category: Category? {
        let deciding = evidence.filter { $0.weight >= Evidence.deciding }
        guard let top = deciding.map(\.category).max(by: { $0.candidateRank < $1.candidateRank })
        else { return schema.mayTakeCode ? .execute : nil }
        if top == .financial { return .financial }
        if obeysText, !destroysByName { return .execute }
        if top == .destructive, !destroysByName, !isHintedDestructive {
            if isOneActionOfMany, isRecreatable { return .execute }
            if name.installs { return .execute }
        }
        if installs, top.candidateRank < Category.execute.candidateRank { return .execute }
        return top
    }

    private var obeysText: Bool {
        if name.obeysText || description.obeysText { return true }
        if name.checks { return false }
        return schema.takesCode || schema.mayTakeCode && name.category ?? .execute == .execute
    }

    private var installs: Bool { name.installs || description.installs || schema.installs }

    private var destroysByName: Bool {
        evidence.contains {
            ($0.kind == .nameVerb || $0.kind == .nameNoun) && $0.category == .destructive
        }
    }

    private var isHintedDestructive: Bool {
        evidence.contains { $0.kind == .hint && $0.category == .destructive }
    }

    private var isOneActionOfMany: Bool {
        guard !description.leadsWithDestruction else { return false }
        let actions = evidence.filter { $0.kind == .action || $0.kind == .descriptionVerb }
        return actions.contains { $0.category != .destructive }
    }

    private var isRecreatable: Bool {
        !name.nouns.union(description.nouns).isDisjoint(with: .recreatable)
    }

    // MARK: Severity

    private func severity(of category: Category) -> Severity {
        var steps = 0
        if category == .execute, obeysText { steps += 1 }
        if !name.nouns.isDisjoint(with: [.secret, .security]) { steps += 1 }
        if category > .read, name.nouns.contains(.wholeSystem) { steps += 1 }
        if category == .destructive, isRecreatable { steps -= 1 }
        if schema.isDryByDefault { steps -= 1 }
        // Project code runs all the same.
        if category < .execute, description.claim != nil { steps += 1 }
        return category.baseSeverity.moved(by: steps)
    }

    // MARK: Confidence

    private func confidence(in category: Category, isClaimed: Bool) -> Int {
        let speaking = evidence.filter { $0.category == category }
        let heaviest = max(speaking.map(\.weight).max() ?? 0, Evidence.deciding)
        let base = name.category == category ? max(name.confidence, heaviest) : heaviest
        let kinds = Set(speaking.filter { $0.weight >= Evidence.deciding }.map(\.kind))
        let against = evidence.contains {
            $0.weight >= Evidence.deciding && $0.category.candidateRank < category.candidateRank
        }
        return min(
            max(base + 40 * max(0, kinds.count - 1) - (against || isClaimed ? 100 : 0), 100), 990)
    }
}
