// Reads the table file. What is incomplete or contradicts itself is refused: a gap in this table is
// a hole in a wall.

package import Notation

extension SyscallTable {
    /// The only layout of the file this version reads.
    package static let format: Int64 = 1

    /// The table in `file`, checked against itself and against libseccomp's idea of the numbers.
    package init(loading file: JSON) throws(SyscallTableError) {
        let root = TableField(value: file, place: [])
        let members = try root.members([
            "format", "architecture", "covers", "default", "foreign", "zygote_needs", "groups",
            "variants",
        ])
        let format = try members.required("format", of: root)
        guard format.value.asInteger == Self.format else {
            throw format.failure("must be \(Self.format): this version reads no other")
        }
        architecture = try Self.readArchitecture(members.required("architecture", of: root))
        defaultAction = try members.required("default", of: root).action()
        foreignAction = try members.required("foreign", of: root).action()
        syscalls = try Self.readGroups(members.required("groups", of: root), on: architecture)
        try Self.check(syscalls, against: members.required("covers", of: root))

        let needs = try members.required("zygote_needs", of: root)
        let numbers = Dictionary(uniqueKeysWithValues: syscalls.map { ($0.name, $0.number) })
        zygoteNeeds = try Self.readNames(needs, numbers)
        let base = Dictionary(uniqueKeysWithValues: syscalls.map { ($0.number, $0.ruling) })
        var reader = VariantReader(
            field: try members.required("variants", of: root), numbers: numbers, base: base)
        variants = try reader.readAll()
    }

    private static func readArchitecture(
        _ field: TableField
    ) throws(SyscallTableError) -> FilterArchitecture {
        let name = try field.text()
        guard let architecture = FilterArchitecture(rawValue: name) else {
            let known = FilterArchitecture.allCases.map(\.rawValue).joined(separator: ", ")
            throw field.failure("\(name) is not supported; this version knows \(known)")
        }
        return architecture
    }

    /// All entries, sorted by number; a name or a number that comes twice is an error.
    private static func readGroups(
        _ field: TableField, on architecture: FilterArchitecture
    ) throws(SyscallTableError) -> [Syscall] {
        var byNumber: [UInt32: Syscall] = [:]
        var names: Set<String> = []
        for group in try field.items(atMost: Limit.groups) {
            let members = try group.members(SyscallRuling.keys.union(["name", "why", "calls"]))
            let heading = try members.required("name", of: group).text()
            _ = try members.required("why", of: group).text()
            let ruling = try SyscallRuling(members: members, of: group)
            let calls = try members.required("calls", of: group)
            for (name, entry) in try calls.entries(atMost: Limit.syscalls) {
                let number = try entry.word()
                if let other = byNumber[number] {
                    throw entry.failure("number \(number) is \(other.name) in \(other.group)")
                }
                guard names.insert(name).inserted else { throw entry.failure("is listed twice") }
                try check(name, has: number, on: architecture, at: entry)
                byNumber[number] = Syscall(
                    name: name, number: number, group: heading, ruling: ruling)
            }
        }
        guard byNumber.count <= Limit.syscalls else {
            throw field.failure("more than \(Limit.syscalls) calls")
        }
        return byNumber.values.sorted { $0.number < $1.number }
    }

    /// A number that libseccomp knows under this name must be the same; newer names it can't know.
    private static func check(
        _ name: String, has number: UInt32, on architecture: FilterArchitecture,
        at entry: TableField
    ) throws(SyscallTableError) {
        guard number < architecture.firstForeignNumber else {
            throw entry.failure("number \(number) belongs to a foreign entrance")
        }
        switch LibSeccomp.number(of: name, on: architecture) {
        case .known(number), .unknown: break
        case .known(let other):
            throw entry.failure(
                "the table says \(number), libseccomp says \(other); correct the table")
        case .elsewhere:
            throw entry.failure(
                "libseccomp says that \(architecture.rawValue) has no call of this name")
        }
    }

    /// Every number in `covers` has an entry, and nothing else has.
    private static func check(
        _ syscalls: [Syscall], against covers: TableField
    ) throws(SyscallTableError) {
        var missing: Set<UInt32> = []
        for range in try covers.items(atMost: 16) {
            let ends = try range.items(atMost: 2)
            guard ends.count == 2, let first = ends.first, let last = ends.last else {
                throw range.failure("must be two numbers: [first, last]")
            }
            let (low, high) = (try first.word(), try last.word())
            guard low <= high, high - low < Limit.syscalls else {
                throw range.failure("must be [first, last] with at most \(Limit.syscalls) numbers")
            }
            missing.formUnion(low...high)
        }
        for syscall in syscalls where missing.remove(syscall.number) == nil {
            throw covers.failure("does not include \(syscall.name), number \(syscall.number)")
        }
        guard missing.isEmpty else {
            let list = missing.sorted().prefix(20).map(String.init).joined(separator: ", ")
            throw covers.failure("no group lists number \(list)")
        }
    }

    /// A list of call names as numbers.
    static func readNames(
        _ field: TableField, _ numbers: [String: UInt32]
    ) throws(SyscallTableError) -> Set<UInt32> {
        var found: Set<UInt32> = []
        for item in try field.items(atMost: Limit.syscalls) {
            let name = try item.text()
            guard let number = numbers[name] else {
                throw item.failure("\(name) is in no group")
            }
            guard found.insert(number).inserted else {
                throw item.failure("\(name) is in the list twice")
            }
        }
        return found
    }
}
