// Characters that make one name look like another.
//
// The set is small on purpose: what looks like an ASCII letter or dash in Cyrillic, Greek and a few
// neighbors, the fullwidth forms of ASCII, and what Unicode itself calls ignorable, a control of
// direction, or not composed. It is for telling people, never for matching: names are compared by
// their bytes.

/// A character of a name that somebody may take for another, or not see at all.
package struct DeceptiveScalar: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// Looks like this ASCII character.
        case lookalike(Unicode.Scalar)
        /// Takes no room: zero-width characters, soft hyphens, fillers, variation selectors, tags.
        case invisible
        /// Reorders what stands around it.
        case bidirectional
        /// A control character, a blank that is none of ASCII's, or one at either end.
        case control
        /// A mark that joins the letter before it (U+0300 to U+036F), a part of a Hangul syllable,
        /// or what NFC replaces: the same text has another spelling.
        case uncomposed
    }

    package let kind: Kind
    package let scalar: Unicode.Scalar
    /// Which character of the name it is, from 1.
    package let position: Int

    /// `U+0430 CYRILLIC SMALL LETTER A`
    package var name: String { Self.name(of: scalar) }

    /// What about it deceives, to follow its name.
    package var fault: String {
        switch kind {
        case .lookalike(let ascii): "looks like '\(ascii)'"
        case .invisible: "can't be seen"
        case .bidirectional: "changes the order in which text is shown"
        case .control: "is a control character or a blank"
        case .uncomposed: "can be spelled in more than one way"
        }
    }

    private static func name(of scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let number = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        // Control characters have no name.
        return scalar.properties.name.map { "\(number) \($0)" } ?? number
    }

    /// The deceptive characters of a name, in order.
    ///
    /// A look-alike counts where the name is to be read as ASCII: it has an ASCII letter, or is
    /// nothing but ASCII once look-alikes are replaced. A name in Cyrillic throughout is only that.
    package static func all(in name: String) -> [DeceptiveScalar] {
        let isPlain = name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        if isPlain { return [] }
        let scalars = name.unicodeScalars
        let isMeantAsASCII =
            scalars.contains { $0.isASCII && $0.properties.isAlphabetic }
            || scalars.allSatisfy { $0.isASCII || kind(of: $0) != nil }
        let last = scalars.count - 1
        return scalars.enumerated().compactMap { place, scalar in
            let isBlankAtEnd = scalar == " " && (place == 0 || place == last)
            guard let kind = isBlankAtEnd ? .control : kind(of: scalar) else { return nil }
            if case .lookalike = kind, !isMeantAsASCII { return nil }
            return DeceptiveScalar(kind: kind, scalar: scalar, position: place + 1)
        }
    }

    /// The name as it is read: look-alikes replaced, what can't be seen and marks left out, blanks
    /// at the ends cut off. Two names with one reading are told apart by programs, not by people.
    package static func reading(of name: String) -> String {
        var reading = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            switch kind(of: scalar) {
            case nil: reading.append(scalar)
            case .lookalike(let ascii): reading.append(ascii)
            case .uncomposed:
                // U+212A is "K" by Unicode's own decomposition; a mark on a letter goes.
                if !isMark(scalar) { reading.append(decomposed(scalar) ?? scalar) }
            case .invisible, .bidirectional, .control: break
            }
        }
        let words = reading.drop { $0 == " " }
        let end = words.lastIndex { $0 != " " }.map { words.index(after: $0) }
        return String(Substring.UnicodeScalarView(words[..<(end ?? words.startIndex)]))
    }

    /// The name with every deceptive character spelled out, `d\u{430}nger`.
    package static func spelledOut(_ name: String) -> String {
        let deceptive = Set(all(in: name).map(\.position))
        var text = ""
        for (place, scalar) in name.unicodeScalars.enumerated() {
            if deceptive.contains(place + 1) {
                text += "\\u{" + String(scalar.value, radix: 16) + "}"
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}

// MARK: The set

extension DeceptiveScalar {
    private static func kind(of scalar: Unicode.Scalar) -> Kind? {
        if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F ? .control : nil }
        if let ascii = lookalikes[scalar] ?? fullwidth(scalar) { return .lookalike(ascii) }
        let properties = scalar.properties
        if properties.isBidiControl { return .bidirectional }
        if properties.isDefaultIgnorableCodePoint { return .invisible }
        switch properties.generalCategory {
        case .control, .spaceSeparator, .lineSeparator, .paragraphSeparator: return .control
        case .format: return .invisible
        default: break
        }
        // What NFC never holds, and what it may put together with the letter before it.
        if properties.isFullCompositionExclusion || isMark(scalar) || isTrailingJamo(scalar) {
            return .uncomposed
        }
        return nil
    }

    /// Marks that Latin, Greek and Cyrillic letters are composed with.
    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        (0x300...0x36F).contains(scalar.value)
    }

    /// Vowels and final consonants of Hangul, which NFC joins with what precedes them.
    private static func isTrailingJamo(_ scalar: Unicode.Scalar) -> Bool {
        (0x1161...0x1175).contains(scalar.value) || (0x11A8...0x11C2).contains(scalar.value)
    }

    /// The ASCII character that is canonically the same.
    private static func decomposed(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        (0x21...0x7E).lazy.map { Unicode.Scalar(UInt8($0)) }
            .first { String($0) == String(scalar) }
    }

    /// U+FF01 to U+FF5E are ASCII once more, from `!` to `~`.
    private static func fullwidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        guard (0xFF01...0xFF5E).contains(scalar.value) else { return nil }
        return Unicode.Scalar(UInt8(scalar.value - 0xFEE0))
    }

    /// What looks like each ASCII character.
    private static let lookalikes: [Unicode.Scalar: Unicode.Scalar] = {
        let groups: [(Unicode.Scalar, String)] = [
            // Cyrillic, then Greek, then others.
            ("a", "\u{430}\u{3B1}\u{251}"), ("c", "\u{441}\u{3F2}"),
            ("d", "\u{501}"), ("e", "\u{435}\u{4BD}"),
            ("g", "\u{261}"), ("h", "\u{4BB}"),
            ("i", "\u{456}\u{3B9}\u{131}\u{269}"),
            ("j", "\u{458}\u{3F3}\u{237}"), ("k", "\u{43A}\u{3BA}"),
            ("l", "\u{4CF}\u{4C0}"), ("m", "\u{43C}"),
            ("n", "\u{578}"), ("o", "\u{43E}\u{3BF}\u{585}"),
            ("p", "\u{440}\u{3C1}"), ("q", "\u{51B}"),
            ("r", "\u{433}"), ("s", "\u{455}"),
            ("t", "\u{442}\u{3C4}"), ("u", "\u{3C5}\u{57D}"),
            ("v", "\u{475}\u{3BD}"), ("w", "\u{51D}\u{461}\u{3C9}"),
            ("x", "\u{445}\u{3C7}"), ("y", "\u{443}\u{3B3}\u{4AF}"),
            ("A", "\u{410}\u{391}"), ("B", "\u{412}\u{392}"),
            ("C", "\u{421}\u{3F9}"), ("E", "\u{415}\u{395}"),
            ("G", "\u{50C}"), ("H", "\u{41D}\u{397}"),
            ("I", "\u{406}\u{399}"), ("J", "\u{408}\u{37F}"),
            ("K", "\u{41A}\u{39A}"), ("M", "\u{41C}\u{39C}"),
            ("N", "\u{39D}"), ("O", "\u{41E}\u{39F}"),
            ("P", "\u{420}\u{3A1}"), ("Q", "\u{51A}"),
            ("S", "\u{405}"), ("T", "\u{422}\u{3A4}"),
            ("V", "\u{474}"), ("W", "\u{51C}"),
            ("X", "\u{425}\u{3A7}"), ("Y", "\u{423}\u{3A5}\u{4AE}"),
            ("Z", "\u{396}"),
            // Dashes and dots: names of tools are full of the first.
            ("-", "\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}\u{FE63}"),
            (".", "\u{2024}\u{A4F8}"), ("/", "\u{2044}\u{2215}"),
            ("_", "\u{203F}\u{FE4D}"), (":", "\u{2236}\u{A789}"),
            ("*", "\u{2217}\u{204E}"),
        ]
        var table: [Unicode.Scalar: Unicode.Scalar] = [:]
        for (ascii, alike) in groups {
            for scalar in alike.unicodeScalars { table[scalar] = ascii }
        }
        return table
    }()
}
