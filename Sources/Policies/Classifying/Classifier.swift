// Decides what a foreign tool does, from its name, its description, its arguments and its hints.
//
// The most severe category that deciding evidence speaks for wins, in the order Read, Write,
// Execute, Destructive, Financial, with these exceptions:
//
// - code, commands and statements of the caller's make it Execute, critical, unless its name
//   says that it destroys;
// - destruction that is one of several actions, on a thing that is easily made again, is Execute;
// - what brings in third-party code is Execute.
//
// INVARIANT: hints only ever add evidence for something worse than Read, so they can't lower a
// class. A description can't lower what the name says either, with one exception that changes
// the label and not the suggested rule: see DescriptionClaim.

/// Classifies the tools of one server.
package struct Classifier: Sendable {
    private let serverWords: Set<String>
    private let handlesMoney: Bool

    /// - Parameters:
    ///   - server: the server's name; its words are no evidence in the names of its tools.
    ///   - description: what the server says of itself; money in it makes transfers and
    ///     subscriptions of its tools money.
    package init(server: String? = nil, description: String? = nil) {
        serverWords = Set(NameTokens.split(server ?? ""))
        let described = DescriptionWord.split(description ?? "", limit: DescriptionReader.maxWords)
        let words = Array(serverWords) + described.map(\.text)
        handlesMoney = words.contains { Lexicon.nouns($0).contains(.money) }
    }

    package func classify(_ tool: ForeignTool) -> Classification {
        let name = read(tool)
        let description = tool.description.map(DescriptionReader.read) ?? DescriptionReading()
        let schema = tool.inputSchema.map(SchemaReader.read) ?? SchemaReading()
        let evidence =
            name.evidence + description.evidence
            + schema.evidence.map { weighed($0, name) } + evidence(of: tool.hints)
        let findings = Findings(
            name: name, description: description, schema: schema,
            evidence: evidence.sorted { $0.weight > $1.weight })
        return findings.classification
    }

    /// The name, or the title where the name says nothing.
    private func read(_ tool: ForeignTool) -> NameReading {
        let name = NameReader(tool.name, serverWords: serverWords, handlesMoney: handlesMoney)
            .read()
        guard name.category == nil, let title = tool.title else { return name }
        var reading = NameReader(title, serverWords: serverWords, handlesMoney: handlesMoney)
            .read()
        reading.confidence = reading.confidence * 3 / 4
        return reading
    }

    /// A checker is given code to look at.
    private func weighed(_ evidence: Evidence, _ name: NameReading) -> Evidence {
        guard name.checks, evidence.kind == .argument, evidence.category == .execute else {
            return evidence
        }
        return Evidence(.argument, evidence.text, .execute, weight: evidence.weight / 4)
    }

    /// A hint counts when it says something. `readOnlyHint: false` is what the protocol assumes
    /// of every tool; only with a word about destruction beside it does it speak of changes.
    private func evidence(of hints: ToolHints) -> [Evidence] {
        var evidence: [Evidence] = []
        if hints.isReadOnly == false {
            let speaks = hints.isDestructive != nil
            let weight = speaks ? Evidence.deciding : Evidence.deciding / 2
            evidence.append(Evidence(.hint, "readOnlyHint: false", .write, weight: weight))
        }
        if hints.isDestructive == true {
            let weight = Evidence.deciding
            evidence.append(Evidence(.hint, "destructiveHint: true", .destructive, weight: weight))
        }
        return evidence
    }
}
