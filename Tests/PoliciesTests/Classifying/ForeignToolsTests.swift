// How well names alone tell what a tool does, measured on servers that the rules never saw.

import Testing

@testable import Policies

@Suite struct ForeignToolsTests {
    /// Of 1,000 answers.
    private struct Score {
        var right = 0
        /// Worse than wrong: the tool does more than the answer says.
        var tooHarmless = 0
        var mistakes: [String] = []
    }

    /// By name and server only.
    private func score(_ tools: [LabelledTool]) -> Score {
        var mistakes: [String] = []
        var tooHarmless = 0
        for tool in tools {
            let found = Classifier(server: tool.server).classify(ForeignTool(name: tool.name))
            if found.category == tool.category { continue }
            if found.category.candidateRank < tool.category.candidateRank { tooHarmless += 1 }
            mistakes.append(
                "\(tool.server) \(tool.name): is \(tool.category.rawValue), found \(found.label)")
        }
        let all = max(1, tools.count)
        return Score(
            right: (tools.count - mistakes.count) * 1_000 / all,
            tooHarmless: tooHarmless * 1_000 / all, mistakes: mistakes)
    }

    private func show(_ what: String, _ score: Score) {
        print("\(what): \(score.right) of 1,000 right, \(score.tooHarmless) too harmless")
    }

    @Test func `the labelled set is large, and both halves are`() {
        #expect(LabelledTool.all.count >= 600)
        #expect(LabelledTool.all.count { $0.isHeldOut } >= 300)
        #expect(LabelledTool.all.count { !$0.isHeldOut } >= 300)
    }

    @Test func `names the rules were made with are told right`() {
        let score = score(LabelledTool.all.filter { !$0.isHeldOut })
        show("training half", score)
        #expect(score.right >= 950, "\(score.mistakes.joined(separator: "\n"))")
    }

    /// The mistakes of this half stay unseen: whoever reads them learns the answers.
    @Test func `names the rules never saw are told right`() {
        let score = score(LabelledTool.all.filter(\.isHeldOut))
        show("held-out half", score)
        #expect(score.right >= 950)
        #expect(score.tooHarmless <= 20)
    }

    /// Where we differ from them we are mostly stricter: a name such as `tables` is unknown to us.
    @Test func `names that others labelled are told right`() {
        let score = score(LabelledTool.published)
        show("labelled by others", score)
        #expect(LabelledTool.published.count >= 100)
        #expect(score.right >= 930)
        #expect(score.tooHarmless <= 20)
    }
}
