/// Base 64 of RFC 4648, section 5: the alphabet for URLs and file names, without padding.
package enum Base64URL {
    package static func encode(_ bytes: [UInt8]) -> String {
        let letters = Base64.encode(bytes).utf8.filter { $0 != padding }
        return String(
            decoding: letters.map { $0 == plus ? dash : $0 == slash ? line : $0 }, as: UTF8.self)
    }

    /// The bytes of a text, or nil. Strict, so that each value has one text: no padding, no white
    /// space, nothing of the standard alphabet, unused bits zero.
    package static func decode(_ text: String) -> [UInt8]? {
        var letters: [UInt8] = []
        letters.reserveCapacity(text.utf8.count + 3)
        for letter in text.utf8 {
            switch letter {
            case plus, slash, padding: return nil
            case dash: letters.append(plus)
            case line: letters.append(slash)
            default: letters.append(letter)
            }
        }
        while !letters.count.isMultiple(of: 4) { letters.append(padding) }
        return Base64.decode(String(decoding: letters, as: UTF8.self))
    }

    private static let plus = UInt8(ascii: "+")
    private static let slash = UInt8(ascii: "/")
    private static let dash = UInt8(ascii: "-")
    private static let line = UInt8(ascii: "_")
    private static let padding = UInt8(ascii: "=")
}
