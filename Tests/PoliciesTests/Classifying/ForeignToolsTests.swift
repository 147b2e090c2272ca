// How well names alone tell what a tool does, measured on servers that the rules never saw.

import Testing

@testable import Policies

@Suite struct ForeignToolsTests {
    /// Right answers of 1,000, and what was wrong: by name and server only.
    private func score(_ tools: [LabelledTool]) -> (perMille: Int, mistakes: [String]) {
        var mistakes: [String] = []
        for tool in tools {
            let found = Classifier(server: tool.server).classify(ForeignTool(name: tool.name))
            if found.category == tool.category { continue }
            mistakes.append(
                "\(tool.server) \(tool.name): is \(tool.category.rawValue), found \(found.label)")
        }
        return ((tools.count - mistakes.count) * 1_000 / max(1, tools.count), mistakes)
    }

    @Test func `the labelled set is large, and both halves are`() {
        #expect(LabelledTool.all.count >= 600)
        #expect(LabelledTool.all.count { $0.isHeldOut } >= 300)
        #expect(LabelledTool.all.count { !$0.isHeldOut } >= 300)
    }

    @Test func `names the rules were made with are told right`() {
        let (score, mistakes) = score(LabelledTool.all.filter { !$0.isHeldOut })
        print("training half: \(score) of 1,000")
        #expect(score >= 950, "\(mistakes.joined(separator: "\n"))")
    }

    /// The mistakes of this half stay unseen: whoever reads them learns the answers.
    @Test func `names the rules never saw are told right`() {
        let (score, _) = score(LabelledTool.all.filter(\.isHeldOut))
        print("held-out half: \(score) of 1,000")
        #expect(score >= 950)
    }
}
