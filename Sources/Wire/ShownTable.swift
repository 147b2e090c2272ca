// A data frame, as a worker tells of it and as a result shows it.

package import Notation

/// A data frame, or both ends of one.
package struct ShownTable: Hashable, Sendable {
    /// The index first.
    package var columns: [String]
    /// Each as long as `columns`; no arrays and no objects in them.
    package var rows: [[JSON]]
    /// Of the whole frame, the index not counted.
    package var totalRows: Int64
    package var totalColumns: Int64

    package static let maximumRows = 100
    package static let maximumColumns = 31
    package static let maximumCellCharacters = 200
    /// Digits of a number; a longer one is shown as text.
    private static let maximumNumberBytes = 40

    package init(columns: [String], rows: [[JSON]], totalRows: Int64, totalColumns: Int64) {
        self.columns = columns
        self.rows = rows
        self.totalRows = totalRows
        self.totalColumns = totalColumns
    }

    init?(_ told: JSON) {
        guard let columns = told["columns"]?.asArray, let rows = told["rows"]?.asArray,
            (1...Self.maximumColumns).contains(columns.count), rows.count <= Self.maximumRows,
            let totalRows = told["total_rows"]?.asInteger, totalRows >= rows.count,
            let totalColumns = told["total_columns"]?.asInteger,
            totalColumns >= columns.count - 1
        else { return nil }
        self.columns = []
        for column in columns {
            guard let name = column.asString else { return nil }
            self.columns.append(name.cut(to: Self.maximumCellCharacters))
        }
        self.rows = []
        for row in rows {
            guard let cells = row.asArray, cells.count == columns.count else { return nil }
            var kept: [JSON] = []
            for cell in cells {
                guard let cell = Self.cell(cell) else { return nil }
                kept.append(cell)
            }
            self.rows.append(kept)
        }
        self.totalRows = totalRows
        self.totalColumns = totalColumns
    }

    private static func cell(_ told: JSON) -> JSON? {
        switch told {
        case .null, .bool, .integer: told
        case .number(let text):
            text.utf8.count <= maximumNumberBytes
                ? told : .string(text.cut(to: maximumCellCharacters))
        case .string(let text): .string(text.cut(to: maximumCellCharacters))
        case .array, .object: nil
        }
    }
}
