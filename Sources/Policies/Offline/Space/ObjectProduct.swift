internal import Notation

/// Objects with every combination of values for their members, or a sample of them.
struct ObjectProduct {
    /// The same sample every time.
    private static let seed: UInt64 = 0x5A4D_B0A5_EED5

    let objects: [JSONObject]
    /// Whether no combination is left out.
    let isExhaustive: Bool

    /// `most`: how many objects at most. A nil value leaves the member out.
    init(of members: [(key: String, values: [JSON?])], most: Int) {
        var count = 1
        for member in members {
            let (product, overflow) = count.multipliedReportingOverflow(by: member.values.count)
            count = overflow ? .max : product
        }
        isExhaustive = count <= most
        var generator = SampleGenerator(seed: Self.seed)
        objects = (0..<min(count, most)).map { number in
            var rest = number
            var object = JSONObject()
            for member in members {
                let place =
                    count <= most
                    ? rest % member.values.count
                    : Int.random(in: member.values.indices, using: &generator)
                rest /= max(1, member.values.count)
                object[member.key] = member.values[place]
            }
            return object
        }
    }
}
