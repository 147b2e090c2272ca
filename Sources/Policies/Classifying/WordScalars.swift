// What letters are, for names and descriptions alike. ASCII goes its own way: asking Unicode for
// its properties costs more than all the rest of the reading.

enum WordScalars {
    static func isWordy(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return isUpper(scalar) || isLower(scalar) || ("0"..."9").contains(scalar)
        }
        return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }

    static func isUpper(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? ("A"..."Z").contains(scalar) : scalar.properties.isUppercase
    }

    static func isLower(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? ("a"..."z").contains(scalar) : scalar.properties.isLowercase
    }

    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII
            ? scalar == " " || (0x09...0x0D).contains(scalar.value)
            : scalar.properties.isWhitespace
    }

    /// Appends the small form of `scalar`.
    static func append(_ scalar: Unicode.Scalar, to word: inout String) {
        if scalar.isASCII {
            let isCapital = ("A"..."Z").contains(scalar)
            let byte = UInt8(truncatingIfNeeded: scalar.value) | (isCapital ? 0x20 : 0)
            word.unicodeScalars.append(Unicode.Scalar(byte))
        } else {
            word += scalar.properties.lowercaseMapping
        }
    }
}
