// `01-000017-3f9a2c11.jsonl`: the lane, the number of the file in it, and the process that wrote.

/// The name of an audit file.
///
/// A *lane* is one chain. A process takes the lowest lane that no other has, and carries it on; so
/// one server after the other makes one chain, and two at once make two.
struct AuditFileName: Hashable, Comparable {
    let lane: Int
    let number: Int
    let instance: String
    let text: String

    static let suffix = ".jsonl"

    init(lane: Int, number: Int, instance: String) {
        self.lane = lane
        self.number = number
        self.instance = instance
        text = "\(Self.padded(lane, 2))-\(Self.padded(number, 6))-\(instance)\(Self.suffix)"
    }

    /// Nil for the name of anything else.
    init?(_ name: String) {
        guard name.hasSuffix(Self.suffix) else { return nil }
        let parts = name.dropLast(Self.suffix.count).split(
            separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let lane = Int(parts[0]), let number = Int(parts[1]),
            !parts[2].isEmpty, lane > 0, number > 0
        else { return nil }
        self.init(lane: lane, number: number, instance: String(parts[2]))
        guard text == name else { return nil }
    }

    static func lock(ofLane lane: Int) -> String { "\(padded(lane, 2)).lock" }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    static func < (left: AuditFileName, right: AuditFileName) -> Bool {
        (left.lane, left.number, left.instance) < (right.lane, right.number, right.instance)
    }
}
