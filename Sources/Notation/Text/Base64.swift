/// Base 64 of RFC 4648, section 4: the standard alphabet, padded.
package enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")

    private static let values: [UInt8?] = {
        var values = [UInt8?](repeating: nil, count: 256)
        for (value, letter) in alphabet.enumerated() { values[Int(letter)] = UInt8(value) }
        return values
    }()

    package static func encode(_ bytes: [UInt8]) -> String {
        var letters: [UInt8] = []
        letters.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let count = min(3, bytes.count - start)
            var group: UInt32 = 0
            for place in 0..<3 {
                group = group << 8 | (place < count ? UInt32(bytes[start + place]) : 0)
            }
            for place in 0..<4 {
                let value = Int(group >> UInt32(18 - 6 * place) & 0x3F)
                letters.append(place <= count ? alphabet[value] : padding)
            }
        }
        return String(decoding: letters, as: UTF8.self)
    }

    /// The bytes of a text, or nil. Strict, so that each value has one text: no white space,
    /// padding required, unused bits zero.
    package static func decode(_ text: String) -> [UInt8]? {
        let letters = Array(text.utf8)
        guard letters.count.isMultiple(of: 4) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(letters.count / 4 * 3)
        for start in stride(from: 0, to: letters.count, by: 4) {
            let isLast = start + 4 == letters.count
            let padded = isLast ? letters.suffix(2).count { $0 == padding } : 0
            if padded == 1, letters[letters.count - 1] != padding { return nil }
            var group: UInt32 = 0
            for place in 0..<4 - padded {
                guard let value = values[Int(letters[start + place])] else { return nil }
                group |= UInt32(value) << UInt32(18 - 6 * place)
            }
            let count = 3 - padded
            guard group & (1 << UInt32(8 * padded) - 1) == 0 else { return nil }
            for place in 0..<count {
                bytes.append(UInt8(truncatingIfNeeded: group >> UInt32(16 - 8 * place)))
            }
        }
        return bytes
    }
}
