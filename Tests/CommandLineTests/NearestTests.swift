// The distance behind "did you mean".

import Testing

@testable import sandboa

@Suite struct NearestTests {
    @Test(arguments: [
        ("", "", 0), ("a", "", 1), ("", "ab", 2), ("serve", "serve", 0), ("srve", "serve", 1),
        ("sevre", "serve", 1), ("exce", "exec", 1), ("kitten", "sitting", 3),
    ])
    func `slips are counted`(source: String, target: String, slips: Int) {
        #expect(Nearest.slips(from: Array(source), to: Array(target)) == slips)
        #expect(Nearest.slips(from: Array(target), to: Array(source)) == slips)
    }

    @Test(arguments: [
        ("--timout", "--timeout"), ("SERVE", "serve"), ("comp", "completions"), ("x", nil),
        ("", nil), ("qqqqqq", nil), ("s", nil),
    ])
    func `only what is close is suggested`(word: String, expected: String?) {
        let known = ["serve", "status", "completions", "--timeout", "man"]
        #expect(Nearest.to(word, among: known) == expected)
    }

    @Test func `a monstrous word is not compared`() {
        let word = String(repeating: "a", count: Nearest.maxLength + 1)
        #expect(Nearest.to(word, among: [word]) == nil)
    }
}
