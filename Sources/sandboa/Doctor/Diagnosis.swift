// Everything that `doctor` has found out, as text and as JSON.

import Notation

/// The whole answer of `doctor`.
struct Diagnosis: Sendable {
    var walls: [WallReport]
    var facts: JSONObject
    /// nil: not asked for.
    var attacks: [Attack.Result]?

    var isSound: Bool { !walls.contains { $0.state == .missing || $0.state == .unknown } }
    var isEscaped: Bool { attacks?.contains { !$0.isStopped } ?? false }

    var exitCode: ExitCode { isEscaped ? .failed : isSound ? .ok : .environment }

    var json: JSON {
        var object: JSONObject = [
            "walls": .array(walls.map(\.json)), "facts": .object(facts),
        ]
        if let attacks { object["attacks"] = .array(attacks.map(\.json)) }
        return .object(object)
    }

    func text(width: Int, style: Style) -> String {
        var text = wallTable.text(width: width, style: style) + "\n"
        text += factTable.text(width: width, style: style)
        if let attacks { text += "\n" + attackTable(attacks).text(width: width, style: style) }
        return text + "\n" + summary(style)
    }

    // MARK: Parts

    private var wallTable: Table {
        var rows: [[Table.Cell]] = []
        for (index, wall) in walls.enumerated() {
            let state = Table.Cell(wall.state.rawValue, wall.tone)
            let what = wall.state == .inForce ? wall.detail : wall.why
            rows.append([Table.Cell(wall.wall.rawValue, .name), state, Table.Cell(what)])
            // One advice for neighbors that share it.
            let isRepeated = walls.dropFirst(index + 1).first?.fix == wall.fix
            if !wall.fix.isEmpty, !isRepeated {
                rows.append(["", "", Table.Cell("Fix: \(wall.fix)")])
            }
        }
        let columns = ["WALL", "STATE", "WHAT HOLDS, OR WHY NOT"].map { Table.Column(title: $0) }
        return Table(columns: columns, rows: rows)
    }

    private var factTable: Table {
        let rows = facts.map { name, value -> [Table.Cell] in
            [Table.Cell(name, .faint), Table.Cell(value.asString ?? value.text)]
        }
        return Table(columns: [Table.Column(), Table.Column()], rows: rows)
    }

    /// Two lines an attack: what it tries, and what it was told.
    private func attackTable(_ attacks: [Attack.Result]) -> Table {
        let rows = attacks.flatMap { result -> [[Table.Cell]] in
            let state =
                result.isStopped
                ? Table.Cell("stopped", .good) : Table.Cell("THROUGH", .bad)
            let wall = Table.Cell(result.attack.wall.rawValue, .name)
            return [
                [state, wall, Table.Cell(result.attack.name)],
                ["", "", Table.Cell(result.said, .faint)],
            ]
        }
        let columns = ["ATTACK", "WALL", "WHAT IT TRIES, AND WHAT IT WAS TOLD"].map {
            Table.Column(title: $0)
        }
        return Table(columns: columns, rows: rows)
    }

    private func summary(_ style: Style) -> String {
        let missing = walls.filter { $0.state == .missing }.map(\.wall.rawValue)
        var lines: [String] = []
        if missing.isEmpty, isSound {
            lines.append(style.paint("Every required wall holds.", .good))
        } else {
            let names = missing.isEmpty ? "see above" : missing.joined(separator: ", ")
            lines.append(style.paint("Nothing will start here: missing \(names).", .bad))
        }
        if let attacks {
            let through = attacks.count { !$0.isStopped }
            lines.append(
                through == 0
                    ? style.paint("\(attacks.count) attacks, all stopped.", .good)
                    : style.paint("\(through) of \(attacks.count) attacks not stopped.", .bad))
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
