// A worker's list of what was shown: read strictly, kept within bounds, whatever it says.

import Notation
import Testing

@testable import Wire

@Suite struct ShownItemTests {
    private func list(_ text: String) -> [ShownItem] { ShownItem.list(parsing: Array(text.utf8)) }

    private let unreadable = ShownItem.note("what the program showed could not be read")

    @Test func `every kind is read`() {
        let items = list(
            """
            [{"kind": "picture", "preview": 3, "file": "figure-1.png"},
             {"kind": "picture", "preview": 4, "file": null},
             {"kind": "text", "mime": "text/html", "text": "<b>"},
             {"kind": "note", "text": "no"},
             {"kind": "table", "columns": ["index", "a"], "rows": [[0, 1.5], [1, null]],
              "total_rows": 9, "total_columns": 1}]
            """)
        let table = ShownTable(
            columns: ["index", "a"], rows: [[0, .number("1.5")], [1, .null]], totalRows: 9,
            totalColumns: 1)
        #expect(
            items == [
                .picture(preview: 3, file: "figure-1.png"), .picture(preview: 4, file: nil),
                .text(mime: "text/html", "<b>"), .note("no"), .table(table),
            ])
    }

    @Test(arguments: [
        "", "[", "null", "{}", "\"x\"", "[[[[[[[1]]]]]]]", "[\"\\ud800\"]", "[{\"a\":1,\"a\":2}]",
    ])
    func `a list that is none is a note`(text: String) {
        #expect(list(text) == [unreadable])
    }

    @Test(arguments: [
        "1", "null", "[]", #"{"kind":"film"}"#, #"{"kind":5}"#, #"{"kind":"note"}"#,
        #"{"kind":"note","text":5}"#, #"{"kind":"picture"}"#, #"{"kind":"picture","preview":0}"#,
        #"{"kind":"picture","preview":-1}"#, #"{"kind":"picture","preview":1e3}"#,
        #"{"kind":"picture","preview":9999999}"#, #"{"kind":"picture","preview":"1"}"#,
        #"{"kind":"text","mime":"image/png","text":""}"#, #"{"kind":"text","mime":"text/html"}"#,
        #"{"kind":"table","columns":[],"rows":[],"total_rows":0,"total_columns":0}"#,
        #"{"kind":"table","columns":["a"],"rows":[[1,2]],"total_rows":1,"total_columns":1}"#,
        #"{"kind":"table","columns":["a"],"rows":[[[]]],"total_rows":1,"total_columns":1}"#,
        #"{"kind":"table","columns":["a"],"rows":[[{}]],"total_rows":1,"total_columns":1}"#,
        #"{"kind":"table","columns":[1],"rows":[],"total_rows":1,"total_columns":1}"#,
        #"{"kind":"table","columns":["a"],"rows":[[1]],"total_rows":0,"total_columns":1}"#,
        #"{"kind":"table","columns":["a","b"],"rows":[],"total_rows":0,"total_columns":0}"#,
        #"{"kind":"table","columns":["a"],"rows":[],"total_rows":-1,"total_columns":1}"#,
    ])
    func `an item that is none is left out, and the others stay`(item: String) {
        let good = #"{"kind":"note","text":"good"}"#
        #expect(list("[\(good),\(item),\(good)]") == [.note("good"), .note("good"), unreadable])
    }

    @Test func `what is too long is cut`() {
        let long = String(repeating: "é", count: 50_000)
        let items = list(
            """
            [{"kind":"note","text":"\(long)"},
             {"kind":"text","mime":"text/markdown","text":"\(long)"}]
            """)
        guard case .note(let note) = items.first, case .text(_, let text) = items.last else {
            Issue.record("\(items.count)")
            return
        }
        #expect(note.unicodeScalars.count == 300)
        #expect(text.unicodeScalars.count == ShownItem.maximumTextCharacters)
    }

    @Test func `a list that is too long keeps its beginning`() {
        let note = #"{"kind":"note","text":"x"}"#
        let items = list("[" + repeatElement(note, count: 1000).joined(separator: ",") + "]")
        #expect(items.count == ShownItem.maximumItems + 1)
        #expect(items.last == unreadable)
    }

    @Test func `cells are cut, and numbers of many digits are text`() {
        let digits = String(repeating: "7", count: 300)
        let items = list(
            """
            [{"kind":"table","columns":["\(digits)"],"rows":[["\(digits)"],[\(digits)],[true]],
              "total_rows":3,"total_columns":1}]
            """)
        guard case .table(let table) = items.first else {
            Issue.record("no table")
            return
        }
        let cut = String(digits.prefix(ShownTable.maximumCellCharacters))
        #expect(table.columns == [cut])
        #expect(table.rows == [[.string(cut)], [.string(cut)], [true]])
    }
}
