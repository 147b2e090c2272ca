// The report for people: aligned columns, one line for each tool, and a sum.

extension ClassificationReport {
    private static let gap = "  "
    private static let titles = ["tool", "category", "risk", "severity", "confidence", "evidence"]
    private static let shownEvidence = 2

    /// A title line, a line for each tool in the order of the list, and a sum. Columns are
    /// aligned by characters; nothing in a line can move a cursor.
    package var lines: [String] {
        let rows = [Self.titles] + tools.map(Self.row)
        let widths = Self.titles.indices.map { column in
            rows.map { $0[column].count }.max() ?? 0
        }
        var lines = rows.map { Self.line($0, widths) }
        lines.append(sum)
        if isPartial { lines.append("The list has more pages; tools on them are missing here.") }
        return lines
    }

    private static func row(_ tool: ClassifiedTool) -> [String] {
        let about = tool.classification
        let evidence = about.evidence.prefix(shownEvidence).map(\.summary)
        return [
            tool.shownName, about.label, about.risk.rawValue, about.severity.name,
            "\(about.confidence)",
            about.isKnown ? evidence.joined(separator: ", ") : "none; treated as Execute",
        ]
    }

    private static func line(_ row: [String], _ widths: [Int]) -> String {
        var line = ""
        for (column, cell) in row.enumerated() {
            let blank = String(repeating: " ", count: max(0, widths[column] - cell.count))
            let isNumber = titles[column] == "confidence"
            let isLast = column == row.count - 1
            line += isNumber ? blank + cell : isLast ? cell : cell + blank
            if !isLast { line += gap }
        }
        return line
    }

    private var sum: String {
        let known = Category.allCases.compactMap { category -> String? in
            let count = tools.count {
                $0.classification.isKnown && $0.classification.category == category
            }
            return count == 0 ? nil : "\(count) \(category.rawValue)"
        }
        let unknown = tools.count { !$0.classification.isKnown }
        let parts = known + (unknown == 0 ? [] : ["\(unknown) unknown"])
        let noun = tools.count == 1 ? "tool" : "tools"
        return "\(tools.count) \(noun)"
            + (parts.isEmpty ? "" : ": " + parts.joined(separator: ", "))
    }
}
