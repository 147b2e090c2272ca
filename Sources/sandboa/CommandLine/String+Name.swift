// Which texts can name something of ours.

extension String {
    /// Whether the text can name a tool, a wall, a profile or an environment: 1 to
    /// `ValueKind.maxNameBytes` letters, digits, `_` and `-` of ASCII.
    var isName: Bool {
        (1...ValueKind.maxNameBytes).contains(utf8.count)
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default:
                    false
                }
            }
    }
}
