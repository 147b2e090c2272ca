// What the guards take for code: each case keeps its length and its lines.

import Testing

@Suite struct CodeMaskTests {
    @Test(arguments: [
        ("let a = 1", "let a = 1"),
        ("a // b", "a     "),
        ("a /* b /* c */ d */ e", "a                   e"),
        ("\"b\" c", "\" \" c"),
        ("\"b\\\"c\" d", "\"    \" d"),
        ("#\"b\"c\"# d", "#\"   \"# d"),
        ("\"\\(b(\"c\"))\" d", "\"         \" d"),
        ("\"\"\"\nb \"c\"\n\"\"\" d", "\"\"\"\n     \n\"\"\" d"),
        ("'\"' c", "' ' c"),
        ("`it's` c", "`    ` c"),
        ("#if a", "#if a"),
        ("\"open\nb", "\"    \nb"),
    ])
    func `comments and strings are blanked`(source: String, expected: String) {
        #expect(CodeMask.mask(source) == expected)
    }
}
