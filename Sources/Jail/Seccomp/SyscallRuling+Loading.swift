// Reads what a group or a change says about its calls: an action, or rules and a fall-through.

extension SyscallRuling {
    static let keys: Set<String> = ["action", "rules", "otherwise"]

    /// `action: …`, or `rules: […]` with `otherwise: …`.
    init(
        members: [String: TableField], of owner: TableField
    ) throws(SyscallTableError) {
        guard let rules = members["rules"] else {
            if let stray = members["otherwise"] {
                throw stray.failure("belongs to rules; a ruling without rules has an action")
            }
            self = .always(try members.required("action", of: owner).action())
            return
        }
        if let stray = members["action"] {
            throw stray.failure("a ruling with rules has otherwise instead of action")
        }
        let otherwise = try members.required("otherwise", of: owner).action()
        var read: [ArgumentRule] = []
        for rule in try rules.items(atMost: SyscallTable.Limit.rulesPerCall) {
            read.append(try ArgumentRule(field: rule))
        }
        guard !read.isEmpty else { throw rules.failure("is empty; use action") }
        self = .byArguments(read, otherwise: otherwise)
    }
}

extension ArgumentRule {
    fileprivate init(field: TableField) throws(SyscallTableError) {
        let members = try field.members(["action", "when"])
        action = try members.required("action", of: field).action()
        let when = try members.required("when", of: field)
        var read: [ArgumentCondition] = []
        for condition in try when.items(atMost: ArgumentCondition.arguments.count) {
            read.append(try ArgumentCondition(field: condition))
        }
        guard !read.isEmpty else {
            throw when.failure("is empty; what always applies goes into otherwise")
        }
        conditions = read
    }
}

extension ArgumentCondition {
    fileprivate init(field: TableField) throws(SyscallTableError) {
        let members = try field.members(["argument", "mask", "bits", "equals", "among"])
        let last = Int64(Self.arguments.upperBound)
        argument = Int(try members.required("argument", of: field).integer(in: 0...last))
        if let bits = members["bits"] {
            guard bits.value.asInteger == 64, members["mask"] == nil, members["among"] == nil else {
                throw bits.failure("must be 64, and goes with equals only")
            }
            let value = try members.required("equals", of: field).integer(in: 0...Int64.max)
            comparison = .whole(UInt64(value))
        } else {
            let mask = try members["mask"]?.word() ?? .max
            guard mask != 0 else { throw field.failure("a mask of 0 compares nothing") }
            let values = try Self.values(members, of: field)
            for value in values where value & ~mask != 0 {
                throw field.failure("value \(value) has bits outside the mask: never true")
            }
            comparison = .low(mask: mask, among: values)
        }
    }

    /// `equals: V`, or `among: {NAME: V, …}`, where the names are for the reader.
    private static func values(
        _ members: [String: TableField], of field: TableField
    ) throws(SyscallTableError) -> [UInt32] {
        switch (members["equals"], members["among"]) {
        case (let single?, nil):
            return [try single.word()]
        case (nil, let several?):
            var values: Set<UInt32> = []
            for (_, entry) in try several.entries(atMost: SyscallTable.Limit.valuesPerCondition) {
                guard values.insert(try entry.word()).inserted else {
                    throw entry.failure("the value is in the list twice")
                }
            }
            guard !values.isEmpty else { throw several.failure("is empty: never true") }
            return values.sorted()
        default:
            throw field.failure("needs either equals or among")
        }
    }
}
