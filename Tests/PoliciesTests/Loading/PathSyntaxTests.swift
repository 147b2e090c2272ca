// Paths of our own dialect.

import Testing

@testable import Policies

@Suite struct PathSyntaxTests {
    @Test(
        arguments: [
            ("args.a", [.key("a")]), ("args.a.b", [.key("a"), .key("b")]),
            ("args.a[*].b", [.key("a"), .each, .key("b")]), ("args.a[?]", [.key("a"), .some]),
            ("args.a[0][12]", [.key("a"), .index(0), .index(12)]),
            ("args.length", [.key("length")]), ("args.a.length", [.key("a"), .length]),
            (#"args."a.b"."c\"d""#, [.key("a.b"), .key("c\"d")]),
            (#"args.a."length""#, [.key("a"), .key("length")]),
            (#"args."""#, [.key("")]), (#"args."\u00e9]""#, [.key("é]")]),
            ("args.日本", [.key("日本")]),
            ("args.a-b_c d", [.key("a-b_c d")]),
        ] as [(String, [ArgumentPath.Step])])
    func `a path is split into its steps`(text: String, steps: [ArgumentPath.Step]) throws {
        #expect(try PathSyntax.steps(of: text) == steps)
    }

    @Test(arguments: [
        "args", "args.", "args..a", "args.a.", "args[0]", "args[*]", "args.a[", "args.a[]",
        "args.a[-1]", "args.a[+1]", "args.a[1x]", "args.a[99999999999999999999]", "args.a]",
        "args.a[0]b", #"args."a"#, #"args."a\""#, #"args."a"b"#, #"args."\x""#,
        "args.a.length.b", "args.a.length[0]",
        "args" + String(repeating: ".a", count: 33),
    ])
    func `what is no path is refused`(text: String) {
        #expect(throws: PathSyntax.Problem.self) { try PathSyntax.steps(of: text) }
    }
}
