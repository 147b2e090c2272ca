// A data frame as a Markdown table, within bounds.

internal import Notation
package import Wire

/// Writes tables that a model reads: both ends of a long one, cells that can't break the table.
package enum MarkdownTable {
    /// Characters of one table.
    package static let maximumCharacters = 20_000

    /// As many rows from both ends as fit.
    package static func text(_ table: ShownTable) -> String {
        let lines = table.rows.map { row in line(row.map(cell), table) }
        let head = line(table.columns.map(escaped), table)
        let gap = line(table.columns.map { _ in "…" }, table)
        let rule = "|" + String(repeating: " --- |", count: head.columns)
        var count = lines.count
        while true {
            let front = lines.prefix(count - count / 2)
            let back = lines.suffix(count / 2)
            let isCut = Int64(front.count + back.count) < table.totalRows
            let body = front.map(\.text) + (isCut ? [gap.text] : []) + back.map(\.text)
            let text = ([head.text, rule] + body).joined(separator: "\n")
            if count == 0 || text.unicodeScalars.count <= maximumCharacters { return text }
            count /= 2
        }
    }

    /// One line, with a mark in the middle where columns are left out.
    private static func line(
        _ cells: [String], _ table: ShownTable
    ) -> (text: String, columns: Int) {
        var cells = cells
        let data = cells.count - 1
        if Int64(data) < table.totalColumns { cells.insert("…", at: 1 + data - data / 2) }
        return ("| " + cells.joined(separator: " | ") + " |", cells.count)
    }

    private static func cell(_ value: JSON) -> String {
        switch value {
        case .null: ""
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .number(let text): text
        case .string(let text): escaped(text)
        case .array, .object: "…"
        }
    }

    /// Text that stays in its cell: no line ends, no pipes, no control characters.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "|": result += "\\|"
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += " "
            default:
                if scalar.properties.generalCategory == .control
                    || scalar.properties.generalCategory == .lineSeparator
                    || scalar.properties.generalCategory == .paragraphSeparator
                {
                    result += "\\u{" + String(scalar.value, radix: 16) + "}"
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result
    }
}
