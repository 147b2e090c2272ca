// What shipped code never says, and how it answers for being unsafe.

import Testing

@Suite struct LanguageTests {
    private let tree = SourceTree.project

    private func shipped(
        _ text: String, as path: String = "Sources/Jail/Sample.swift"
    ) -> SourceFile {
        SourceFile(path: path, text: text)
    }

    @Test func `words that the house refuses do not occur`() {
        let found = tree.shipped.flatMap(LanguageGuards.refusedWords)
        report(found)
    }

    @Test(arguments: ["public struct A {}", "fatalError()", "func a() async {}", "Task { }"])
    func `a refused word is noticed`(line: String) {
        #expect(LanguageGuards.refusedWords(in: shipped(line)).count == 1)
        #expect(LanguageGuards.refusedWords(in: shipped("// \(line)")).isEmpty)
        #expect(LanguageGuards.refusedWords(in: shipped("let a = \"\(line)\"")).isEmpty)
    }

    @Test func `nothing is forced`() {
        let found = tree.swift.flatMap(LanguageGuards.force)
        report(found)
    }

    @Test(arguments: ["try! a()", "b as! C", "a!.b", "a[0]!", "a()!", "var a: String!", "`b`!"])
    func `force is noticed`(line: String) {
        #expect(LanguageGuards.force(in: shipped(line)).count == 1)
    }

    @Test(arguments: ["a != b", "!a", "if !a {", "a && !b", "\"well!\"", "// ouch!", "(!a)"])
    func `negation and prose are not force`(line: String) {
        #expect(LanguageGuards.force(in: shipped(line)).isEmpty)
    }

    @Test func `a dropped error has its reason`() {
        let found = tree.shipped.flatMap(LanguageGuards.silentTry)
        report(found)
        #expect(LanguageGuards.silentTry(in: shipped("let a = try? b()")).count == 1)
        #expect(LanguageGuards.silentTry(in: shipped("// Gone already.\ntry? b()")).isEmpty)
    }

    @Test func `unsafe code stands where the architecture allows it`() {
        let found = tree.shipped.flatMap(LanguageGuards.misplacedUnsafe)
        report(found)
    }

    @Test func `misplaced unsafe code is noticed`() {
        let use = "import CSeccomp\nlet a = unsafe b"
        #expect(LanguageGuards.misplacedUnsafe(in: shipped("let a = unsafe b")).count == 1)
        #expect(LanguageGuards.misplacedUnsafe(in: shipped(use)).isEmpty)
        let elsewhere = shipped(use, as: "Sources/Engine/Sample.swift")
        #expect(LanguageGuards.misplacedUnsafe(in: elsewhere).count == 1)
        let sendable = shipped("extension A: @unchecked Sendable {}")
        #expect(LanguageGuards.misplacedUnsafe(in: sendable).count == 1)
    }

    @Test func `unsafe code says why it is safe`() {
        let found = tree.shipped.flatMap(LanguageGuards.unexplainedUnsafe)
        report(found)
    }

    @Test func `an unexplained unsafe is noticed`() {
        let near = "// SAFETY: alive until the call returns.\nlet a = unsafe b"
        let far = "// SAFETY: too far.\n1\n2\n3\n4\nlet a = unsafe b"
        let chain = "// SAFETY: all of it.\nunsafe a\n2\n3\nunsafe b\n5\n6\nunsafe c"
        let header = "// SAFETY: each call is bounded.\nextension A {\n1\n2\n3\n4\n  unsafe b\n}"
        let other = header + "\nextension B {\n1\n2\n3\n4\n  unsafe b\n}"
        #expect(LanguageGuards.unexplainedUnsafe(in: shipped(near)).isEmpty)
        #expect(LanguageGuards.unexplainedUnsafe(in: shipped(far)).count == 1)
        #expect(LanguageGuards.unexplainedUnsafe(in: shipped(chain)).isEmpty)
        #expect(LanguageGuards.unexplainedUnsafe(in: shipped(header)).isEmpty)
        #expect(LanguageGuards.unexplainedUnsafe(in: shipped(other)).map(\.line) == [14])
    }

    @Test func `every file says what it is for`() {
        let found = tree.swift.flatMap(LanguageGuards.missingOpening)
        report(found)
        #expect(LanguageGuards.missingOpening(in: shipped("import Kernel\nlet a = 1")).count == 1)
        #expect(LanguageGuards.missingOpening(in: shipped("")).count == 1)
        #expect(LanguageGuards.missingOpening(in: shipped("// Raises walls.")).isEmpty)
        #expect(LanguageGuards.missingOpening(in: shipped("import Kernel\n\n/// A wall.")).isEmpty)
    }
}
