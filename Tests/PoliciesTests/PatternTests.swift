// Regular expressions: Go's dialect, and time that does not explode.

import Testing

@testable import Policies

@Suite struct PatternTests {
    @Test func `a pattern matches anywhere unless it is anchored`() throws {
        #expect(try Pattern("b+").occurs(in: "aabba"))
        #expect(try !Pattern("^b+$").occurs(in: "aabba"))
        #expect(try Pattern("").occurs(in: ""))
    }

    @Test func `an end is the end, also before a newline`() throws {
        #expect(try !Pattern("^rm$").occurs(in: "rm\n"))
        #expect(try Pattern("(?m)^rm$").occurs(in: "ls\nrm\n"))
    }

    @Test(arguments: ["(?=a)", "(a)\\1", "(?<!a)b", "\\C", "[", "a{2000}", "(?P<x", "*a"])
    func `what RE2 and Go don't know is refused with a reason`(text: String) {
        #expect(throws: Pattern.Problem.self) { try Pattern(text) }
    }

    @Test func `an escaped backslash before a C is no byte`() throws {
        #expect(try Pattern(#"\\C"#).occurs(in: #"a\C"#))
    }

    @Test func `zero bytes are characters like any other`() throws {
        #expect(try Pattern("a\0b").occurs(in: "xa\0b"))
        #expect(try !Pattern("^a$").occurs(in: "a\0"))
    }

    /// Decided in under 5 ms, by the fastest of some rounds: the machine has other things to do.
    @Test(arguments: ["(a+)+$", "^(a+)+$", "(a|aa)+$", "^(([a-z])+.)+[A-Z]([a-z])+$"])
    func `a hostile text is read once`(text: String) throws {
        let pattern = try Pattern(text)
        let hostile = String(repeating: "a", count: 65_535) + "!"
        var fastest = Duration.seconds(60)
        for _ in 0..<20 {
            let start = ContinuousClock.now
            #expect(!pattern.occurs(in: hostile))
            fastest = min(fastest, ContinuousClock.now - start)
        }
        #expect(fastest < .milliseconds(5), "\(fastest)")
    }
}
