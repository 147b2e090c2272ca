// A tree of snapshots and sessions as an outline.

import Wire

extension SessionTree {
    /// A line for each snapshot and session, beneath the snapshot it came from. What names no
    /// snapshot of the tree stands at the top, so nothing is left out and no circle is entered.
    var outline: [String] {
        var lines: [String] = []
        let known = Set(snapshots.map(\.id))
        let children = Dictionary(grouping: snapshots) { snapshot in
            snapshot.parent.flatMap { known.contains($0) ? $0 : nil }
        }
        let living = Dictionary(grouping: sessions) { session in
            session.origin.flatMap { known.contains($0) ? $0 : nil }
        }
        var seen: Set<String> = []
        func add(beneath parent: String?, depth: Int) {
            let indent = String(repeating: "  ", count: depth)
            for snapshot in children[parent] ?? [] where seen.insert(snapshot.id).inserted {
                lines.append("\(indent)snapshot \(snapshot.words)")
                add(beneath: snapshot.id, depth: depth + 1)
            }
            for session in living[parent] ?? [] {
                lines.append("\(indent)session '\(session.id.printable)': \(session.words)")
            }
        }
        add(beneath: nil, depth: 0)
        for snapshot in snapshots where seen.insert(snapshot.id).inserted {
            lines.append("snapshot \(snapshot.words)")
            add(beneath: snapshot.id, depth: 1)
        }
        return lines
    }
}
