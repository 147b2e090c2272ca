// Files, functions and lines keep their limits.

import Testing

@Suite struct SizeTests {
    private let tree = SourceTree.project

    private func lines(_ count: Int) -> String {
        String(repeating: "    step()\n", count: count)
    }

    @Test func `files are short`() {
        let found = tree.files.flatMap(SizeGuards.longFile)
        report(found)
    }

    @Test func `a long file is noticed, and a tool's sooner`() {
        let text = lines(SizeGuards.maxToolLines + 1)
        let tool = SourceFile(path: "Sources/Catalog/Tools/Sample.swift", text: text)
        let other = SourceFile(path: "Sources/Catalog/Sample.swift", text: text)
        #expect(SizeGuards.longFile(tool).count == 1)
        #expect(SizeGuards.longFile(other).isEmpty)
        let long = SourceFile(path: "Sources/a.c", text: lines(SizeGuards.maxFileLines + 1))
        #expect(SizeGuards.longFile(long).count == 1)
    }

    @Test func `lines are short`() {
        let found = tree.files.flatMap(SizeGuards.longLines)
        report(found)
        let text = String(repeating: "é", count: SizeGuards.maxColumns)
        #expect(SizeGuards.longLines(in: SourceFile(path: "a.py", text: text)).isEmpty)
        #expect(SizeGuards.longLines(in: SourceFile(path: "a.py", text: text + "x")).count == 1)
    }

    @Test func `functions are short`() {
        let found = tree.files.flatMap(SizeGuards.longFunctions)
        report(found)
    }

    @Test(arguments: [
        "func a() {\n", "init(a: Int) {\n", "deinit {\n", "func a(\n  b: Int\n)\n{\n",
        "protocol P {\n    func b()\n    func c()\n}\nfunc a() { // {\n",
    ])
    func `a long function is noticed`(opening: String) {
        func findings(_ count: Int) -> Int {
            let text = opening + lines(count) + "    let s = \"}\" }\n}\n"
            let file = SourceFile(path: "Sources/Jail/Sample.swift", text: text)
            return SizeGuards.longFunctions(in: file).count
        }
        #expect(findings(SizeGuards.maxFunctionLines) == 1)
        #expect(findings(SizeGuards.maxFunctionLines - 10) == 0)
    }

    @Test func `a long C function is noticed`() {
        let body = lines(SizeGuards.maxFunctionLines) + "}\n"
        for opening in ["int sbx_a(void) {\n", "static int a(int b)\n{\n    char c = '{';\n}\n{\n"]
        {
            let file = SourceFile(path: "Sources/CKernel/a.c", text: opening + body)
            #expect(SizeGuards.longFunctions(in: file).count == 1)
        }
        let table = SourceFile(path: "Sources/CKernel/a.c", text: "static int t[] = {\n" + body)
        #expect(SizeGuards.longFunctions(in: table).isEmpty)
    }
}
