// Where a cell ends that is typed line by line.

import Testing

@testable import sandboa

@Suite struct CellReaderTests {
    private func cells(_ text: String) -> [String] {
        var reader = CellReader()
        var cells = text.split(separator: "\n", omittingEmptySubsequences: false)
            .compactMap { reader.add(String($0)) }
        if let rest = reader.finish() { cells.append(rest) }
        return cells
    }

    @Test func `a line is a cell`() {
        #expect(cells("x = 1\n\nprint(x)") == ["x = 1", "print(x)"])
        #expect(cells("  \n\t\n").isEmpty)
    }

    @Test(arguments: [
        "f(1,\n  2)", "x = '''a\n\nb'''", "x = \"\"\"a:\n'''\nb\"\"\"", "a = 1 + \\\n2",
        "x = [ # (\n]", "s = 'a\\\nb'", "d = {\n'a': 1,\n}",
    ])
    func `what is open goes on`(text: String) {
        #expect(cells(text) == [text])
    }

    @Test(arguments: [
        "def f():\n    return 1", "@cache\ndef f(): return 1", "if x:\n    a\nelse:\n    b",
        "for i in a: # why\n    pass", "class A:\n    '''doc'''\n    x = {1: 2}",
    ])
    func `a block goes on until a blank line`(text: String) {
        let found = cells(text + "\n\nafter")
        #expect(found == [text + "\n", "after"])
    }

    @Test(arguments: ["x = {1: 2}", "a[1:2]", "'if x:'", "x # y:", "print('a\\'b:')", "lambda: 1"])
    func `a colon that opens nothing ends nothing`(text: String) {
        #expect(cells(text + "\nafter") == [text, "after"])
    }

    @Test func `a cell has a limit`() {
        var reader = CellReader()
        #expect(reader.add("x = '''") == nil)
        let long = String(repeating: "y", count: CellReader.maximumBytes)
        #expect(reader.add(long) != nil)
        #expect(reader.isEmpty)
    }
}
