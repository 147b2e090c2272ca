/// Reads the `variants` of a table: each is the groups' rulings, or another's, with changes.
struct VariantReader {
    let field: TableField
    let numbers: [String: UInt32]
    /// What the groups say.
    let base: [UInt32: SyscallRuling]

    private var done: [String: SyscallVariant] = [:]

    init(field: TableField, numbers: [String: UInt32], base: [UInt32: SyscallRuling]) {
        self.field = field
        self.numbers = numbers
        self.base = base
    }

    mutating func readAll() throws(SyscallTableError) -> [String: SyscallVariant] {
        let entries = try field.entries(atMost: SyscallTable.Limit.variants)
        guard !entries.isEmpty else { throw field.failure("is empty: no profile could start") }
        var waiting = entries
        // Each round reads those whose base is known; a round without progress is a ring or a typo.
        while !waiting.isEmpty {
            var blocked: [(key: String, field: TableField)] = []
            for entry in waiting where !(try read(entry.key, entry.field)) {
                blocked.append(entry)
            }
            if blocked.count == waiting.count, let first = blocked.first {
                throw first.field.failure("extends a variant that does not exist, or itself")
            }
            waiting = blocked
        }
        return done
    }

    /// False when the variant it extends has not been read yet.
    private mutating func read(
        _ name: String, _ field: TableField
    ) throws(SyscallTableError) -> Bool {
        let members = try field.members(["why", "extends", "changes"])
        var changes: [UInt32: SyscallRuling] = [:]
        if let parent = members["extends"] {
            guard let parent = done[try parent.text()] else { return false }
            changes = parent.changes
        }
        let why = try members.required("why", of: field).text()
        var seen: Set<UInt32> = []
        let list = try members.required("changes", of: field)
        for change in try list.items(atMost: SyscallTable.Limit.groups) {
            let members = try change.members(SyscallRuling.keys.union(["calls", "why"]))
            _ = try members.required("why", of: change).text()
            let ruling = try SyscallRuling(members: members, of: change)
            let calls = try members.required("calls", of: change)
            for number in try SyscallTable.readNames(calls, numbers) {
                guard seen.insert(number).inserted else {
                    throw calls.failure("a call of this list was changed before")
                }
                guard (changes[number] ?? base[number]) != ruling else {
                    throw change.failure("changes nothing for one of its calls; leave that out")
                }
                changes[number] = ruling
            }
        }
        done[name] = SyscallVariant(name: name, why: why, changes: changes)
        return true
    }
}
