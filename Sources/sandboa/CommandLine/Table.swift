/// Rows with aligned columns, made to fit a width: the last column wraps, the others keep their
/// natural width.
///
/// Every cell is shown `printable`, so a name from outside can't play with the terminal.
struct Table: Sendable {
    enum Alignment: Sendable {
        case left, right
    }

    /// One column: a title, empty for none, and the side its cells lean to.
    struct Column: Sendable {
        var title = ""
        var alignment = Alignment.left
    }

    struct Cell: Sendable, ExpressibleByStringLiteral {
        let text: String
        let tone: Tone

        init(_ text: String, _ tone: Tone = .plain) {
            self.text = text.printable
            self.tone = tone
        }

        init(stringLiteral text: String) {
            self.init(text)
        }
    }

    let columns: [Column]
    var rows: [[Cell]] = []
    /// Spaces in front of every line.
    var indent = 0

    /// Between two columns.
    static let gap = 2
    /// A wrapping column isn't made narrower than this, even if lines grow too wide.
    static let minWrapWidth = 16

    /// Ends with a newline, unless there is nothing to show.
    func text(width: Int, style: Style) -> String {
        let all = titles + rows
        precondition(
            !columns.isEmpty && rows.allSatisfy { $0.count == columns.count },
            "Every row of a table has a cell for each column.")
        let widths = widths(of: all, within: width)
        return all.map { lines(of: $0, widths: widths, style: style) }.joined()
    }

    private var titles: [[Cell]] {
        let titled = columns.contains { !$0.title.isEmpty }
        return titled ? [columns.map { Cell($0.title, .heading) }] : []
    }

    private func widths(of rows: [[Cell]], within width: Int) -> [Int] {
        var widths = columns.indices.map { column in
            rows.map { $0[column].text.count }.max() ?? 0
        }
        let last = widths.count - 1
        let taken = indent + widths.dropLast().reduce(0, +) + Self.gap * last
        widths[last] = min(widths[last], max(Self.minWrapWidth, width - taken))
        return widths
    }

    private func lines(of row: [Cell], widths: [Int], style: Style) -> String {
        let last = row.count - 1
        let wrapped = row[last].text.wrapped(to: max(1, widths[last]))
        var result = ""
        for (number, tail) in wrapped.enumerated() {
            var line = String(repeating: " ", count: indent)
            for column in 0..<last {
                let cell = number == 0 ? row[column] : ""
                line += padded(cell.text, widths[column], columns[column], cell.tone, style)
                line += String(repeating: " ", count: Self.gap)
            }
            line += padded(tail, widths[last], columns[last], row[last].tone, style)
            while line.last == " " { line.removeLast() }
            result += line + "\n"
        }
        return result
    }

    /// Colors the text only: a painted blank would show in terminals that paint backgrounds.
    private func padded(
        _ text: String, _ width: Int, _ column: Column, _ tone: Tone, _ style: Style
    ) -> String {
        let blank = String(repeating: " ", count: max(0, width - text.count))
        let painted = style.paint(text, tone)
        return column.alignment == .left ? painted + blank : blank + painted
    }
}
