// Tables as Markdown: cells that stay in their cells, both ends of what is long.

import Notation
import Testing
import Wire

@testable import Catalog

@Suite struct MarkdownTableTests {
    private func lines(_ table: ShownTable) -> [String] {
        MarkdownTable.text(table).split(separator: "\n").map(String.init)
    }

    @Test func `a small table is shown whole`() {
        let table = ShownTable(
            columns: ["index", "a", "b"], rows: [[0, .number("1.5"), "x"], [1, .null, true]],
            totalRows: 2, totalColumns: 2)
        #expect(
            lines(table) == [
                "| index | a | b |", "| --- | --- | --- |", "| 0 | 1.5 | x |", "| 1 |  | true |",
            ])
    }

    @Test func `no cell breaks the table`() {
        let table = ShownTable(
            columns: ["i|", "a\nb"], rows: [["x|y\r\n\tz\\", "\u{1B}[31m\u{2028}"]],
            totalRows: 1, totalColumns: 1)
        #expect(
            lines(table) == [
                "| i\\| | a\\nb |", "| --- | --- |",
                "| x\\|y\\r\\n z\\\\ | \\u{1b}[31m\\u{2028} |",
            ])
    }

    @Test func `what is left out leaves a mark in the middle`() {
        let table = ShownTable(
            columns: ["i", "a", "b", "z"], rows: [[0, 1, 2, 3], [1, 1, 2, 3], [9, 1, 2, 3]],
            totalRows: 10, totalColumns: 9)
        #expect(
            lines(table) == [
                "| i | a | b | … | z |", "| --- | --- | --- | --- | --- |", "| 0 | 1 | 2 | … | 3 |",
                "| 1 | 1 | 2 | … | 3 |", "| … | … | … | … | … |", "| 9 | 1 | 2 | … | 3 |",
            ])
    }

    @Test func `a table without rows is its head`() {
        let table = ShownTable(columns: ["i"], rows: [], totalRows: 0, totalColumns: 0)
        #expect(lines(table) == ["| i |", "| --- |"])
    }

    @Test func `the largest table stays within its bound`() {
        let cell = JSON.string(String(repeating: "|", count: ShownTable.maximumCellCharacters))
        let columns = (0..<ShownTable.maximumColumns).map { "\($0)" }
        let table = ShownTable(
            columns: columns,
            rows: (0..<ShownTable.maximumRows).map { _ in columns.map { _ in cell } },
            totalRows: 100, totalColumns: 30)
        let text = MarkdownTable.text(table)
        #expect(text.unicodeScalars.count <= MarkdownTable.maximumCharacters)
        #expect(lines(table).count >= 3)
    }
}
