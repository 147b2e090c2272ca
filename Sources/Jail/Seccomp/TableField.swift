import Notation

/// A value of the table file together with the way to it, so that every complaint says where.
struct TableField {
    let value: JSON
    let place: [SyscallTableError.Step]

    func failure(_ problem: String) -> SyscallTableError {
        SyscallTableError(place: place, problem: problem)
    }

    /// The members of a map, in the order of the file.
    func entries(
        atMost limit: Int
    ) throws(SyscallTableError) -> [(key: String, field: TableField)] {
        guard let object = value.asObject else { throw failure("must be a map") }
        guard object.count <= limit else { throw failure("has more than \(limit) members") }
        return object.map { member in
            (member.key, TableField(value: member.value, place: place + [.member(member.key)]))
        }
    }

    /// The members of a map whose keys are fixed; a key that is not in the list is a mistake.
    func members(_ known: Set<String>) throws(SyscallTableError) -> [String: TableField] {
        var members: [String: TableField] = [:]
        for (key, field) in try entries(atMost: SyscallTable.Limit.groups) {
            guard known.contains(key) else {
                let names = known.sorted().joined(separator: ", ")
                throw field.failure("is not a key here; these are: \(names)")
            }
            members[key] = field
        }
        return members
    }

    func items(atMost limit: Int) throws(SyscallTableError) -> [TableField] {
        guard let array = value.asArray else { throw failure("must be a list") }
        guard array.count <= limit else { throw failure("has more than \(limit) items") }
        return array.enumerated().map { index, item in
            TableField(value: item, place: place + [.item(index)])
        }
    }

    func text() throws(SyscallTableError) -> String {
        guard let text = value.asString else { throw failure("must be text") }
        guard !text.isEmpty, text.utf8.count <= SyscallTable.Limit.textBytes else {
            throw failure("must be text of 1 to \(SyscallTable.Limit.textBytes) bytes")
        }
        return text
    }

    func integer(in range: ClosedRange<Int64>) throws(SyscallTableError) -> Int64 {
        guard let integer = value.asInteger, range.contains(integer) else {
            throw failure("must be an integer from \(range.lowerBound) to \(range.upperBound)")
        }
        return integer
    }

    func word() throws(SyscallTableError) -> UInt32 {
        UInt32(try integer(in: 0...Int64(UInt32.max)))
    }

    func action() throws(SyscallTableError) -> FilterAction {
        let name = try text()
        guard let action = FilterAction(name: name) else {
            let errors = ErrorName.allCases.map(\.rawValue).joined(separator: ", ")
            throw failure("\(name) is no action; use allow, kill or one of \(errors)")
        }
        return action
    }
}

extension [String: TableField] {
    /// The member of this name; `owner` is the map it belongs in.
    func required(_ key: String, of owner: TableField) throws(SyscallTableError) -> TableField {
        guard let field = self[key] else { throw owner.failure("\(key) is missing") }
        return field
    }
}
