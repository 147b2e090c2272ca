// Swift compares strings by canonical equivalence: "é" as one code point equals "e" plus an
// accent. Names in JSON and in policies are compared by their bytes, so that what we judge and
// what another program reads is one thing.

/// A string that equals only a string of the same bytes.
package struct ExactText: Hashable, Sendable {
    package let text: String

    package init(_ text: String) { self.text = text }

    package static func == (left: ExactText, right: ExactText) -> Bool {
        left.text.hasSameBytes(as: right.text)
    }

    /// Byte-equal strings are canonically equal, so the standard hash fits.
    package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension String {
    /// Whether both strings are the same UTF-8 bytes.
    package func hasSameBytes(as other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        let left = utf8Span.span
        let right = other.utf8Span.span
        for place in left.indices where left[place] != right[place] { return false }
        return true
    }

    /// Whether it comes first by UTF-16 code units, as canonical JSON sorts keys.
    ///
    /// That is the order of UTF-8 bytes, save that surrogates (in UTF-8, bytes from 0xF0) come
    /// before U+E000 to U+FFFF (bytes from 0xEE).
    package func precedesInUTF16(_ other: String) -> Bool {
        let left = utf8Span.span
        let right = other.utf8Span.span
        for place in 0..<min(left.count, right.count) where left[place] != right[place] {
            let (one, two) = (left[place], right[place])
            if one >= 0xEE, two >= 0xEE, (one >= 0xF0) != (two >= 0xF0) { return one >= 0xF0 }
            return one < two
        }
        return left.count < right.count
    }

    /// The key under which strings that differ only in case meet, Unicode included.
    ///
    /// Going through upper case catches the long s (ſ) and through lower case the Kelvin sign
    /// (U+212A), both of which Go's JSON decoder folds.
    package var caseFolded: String { uppercased().lowercased() }
}
