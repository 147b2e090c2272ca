// The JSON reader: recursive descent over bytes, bounded in size, depth and members.
//
// INVARIANT: `position` never passes `bytes.count`, and every byte before it has been judged.
// INVARIANT: recursion is bounded by `limits.maxDepth`; 400,000 brackets are refused at the 65th.

/// Reads one JSON text. Make one per text.
struct JSONParser {
    let limits: JSONLimits
    var position = 0
    var depth = 0
    var membersLeft: Int

    init(limits: JSONLimits) {
        self.limits = limits
        self.membersLeft = limits.maxMembers
    }

    mutating func document(in bytes: Span<UInt8>) throws(JSONError) -> JSON {
        guard bytes.count <= limits.maxBytes else {
            throw failure(.tooManyBytes(limit: limits.maxBytes), at: limits.maxBytes)
        }
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
            throw failure(.byteOrderMark, at: 0)
        }
        skipSpace(in: bytes)
        guard position < bytes.count else { throw failure(.empty, at: position) }
        let value = try value(in: bytes)
        skipSpace(in: bytes)
        guard position == bytes.count else { throw failure(.trailingBytes, at: position) }
        return value
    }

    /// Reads the value that starts at `position`; no white space before it.
    private mutating func value(in bytes: Span<UInt8>) throws(JSONError) -> JSON {
        guard position < bytes.count else { throw end(expected: "a value") }
        switch bytes[position] {
        case UInt8(ascii: "\""): return .string(try string(in: bytes))
        case UInt8(ascii: "{"): return try object(in: bytes)
        case UInt8(ascii: "["): return try array(in: bytes)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try number(in: bytes)
        case UInt8(ascii: "t"):
            try word("true", in: bytes)
            return .bool(true)
        case UInt8(ascii: "f"):
            try word("false", in: bytes)
            return .bool(false)
        case UInt8(ascii: "n"):
            try word("null", in: bytes)
            return .null
        default:
            throw unexpected(in: bytes, expected: "a value")
        }
    }

    private mutating func array(in bytes: Span<UInt8>) throws(JSONError) -> JSON {
        try open()
        var elements: [JSON] = []
        skipSpace(in: bytes)
        if next(is: UInt8(ascii: "]"), in: bytes) { return close(.array(elements)) }
        while true {
            try countMember()
            elements.append(try value(in: bytes))
            skipSpace(in: bytes)
            if next(is: UInt8(ascii: "]"), in: bytes) { return close(.array(elements)) }
            guard next(is: UInt8(ascii: ","), in: bytes) else {
                throw unexpected(in: bytes, expected: "',' or ']'")
            }
            skipSpace(in: bytes)
        }
    }

    private mutating func object(in bytes: Span<UInt8>) throws(JSONError) -> JSON {
        try open()
        var object = JSONObject()
        var folded: Set<String> = []
        skipSpace(in: bytes)
        if next(is: UInt8(ascii: "}"), in: bytes) { return close(.object(object)) }
        object.reserveCapacity(4)
        while true {
            try member(of: &object, folded: &folded, in: bytes)
            skipSpace(in: bytes)
            if next(is: UInt8(ascii: "}"), in: bytes) { return close(.object(object)) }
            guard next(is: UInt8(ascii: ","), in: bytes) else {
                throw unexpected(in: bytes, expected: "',' or '}'")
            }
            skipSpace(in: bytes)
        }
    }

    private mutating func member(
        of object: inout JSONObject, folded: inout Set<String>, in bytes: Span<UInt8>
    ) throws(JSONError) {
        try countMember()
        let start = position
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
            throw unexpected(in: bytes, expected: "a key in double quotes")
        }
        let key = try string(in: bytes)
        if limits.refusesCaseVariants {
            try refuseCaseVariant(of: key, at: start, in: object, folded: &folded)
        }
        skipSpace(in: bytes)
        guard next(is: UInt8(ascii: ":"), in: bytes) else {
            throw unexpected(in: bytes, expected: "':'")
        }
        skipSpace(in: bytes)
        let value = try value(in: bytes)
        guard object.appendIfNew(key, value) else {
            throw failure(.duplicateKey(key), at: start)
        }
    }

    /// Refuses `key` if another key of the object differs from it only in case.
    ///
    /// A small object of ASCII keys is compared pair by pair, without allocating; `folded` takes
    /// over when the object grows or a key needs Unicode's rules.
    private func refuseCaseVariant(
        of key: String, at start: Int, in object: JSONObject, folded: inout Set<String>
    ) throws(JSONError) {
        let isPlain = key.utf8.allSatisfy { $0 < 0x80 }
        if isPlain, folded.isEmpty, object.count < JSONObject.linearLimit {
            for member in object.members where Self.differOnlyInCase(member.key, key) {
                throw failure(.caseVariantKey(key), at: start)
            }
            return
        }
        if folded.isEmpty {
            folded = Set(object.members.map(\.key.caseFolded))
        }
        guard folded.insert(key.caseFolded).inserted || object.place(of: key) != nil else {
            throw failure(.caseVariantKey(key), at: start)
        }
    }

    /// For ASCII text: not the same bytes, but the same letters.
    private static func differOnlyInCase(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        var same = true
        for (one, other) in zip(left.utf8, right.utf8) where one != other {
            let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(one | 0x20)
            guard isLetter, one | 0x20 == other | 0x20 else { return false }
            same = false
        }
        return !same
    }

    private mutating func word(
        _ word: StaticString, in bytes: Span<UInt8>
    ) throws(JSONError) {
        let text = word.description
        for byte in text.utf8 {
            guard next(is: byte, in: bytes) else {
                throw unexpected(in: bytes, expected: "the word \(text)")
            }
        }
    }

    // MARK: Steps

    mutating func skipSpace(in bytes: Span<UInt8>) {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    /// Steps over `byte` if it comes next.
    mutating func next(is byte: UInt8, in bytes: Span<UInt8>) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func open() throws(JSONError) {
        guard depth < limits.maxDepth else {
            throw failure(.tooDeep(limit: limits.maxDepth), at: position)
        }
        depth += 1
        position += 1
    }

    private mutating func close(_ value: JSON) -> JSON {
        depth -= 1
        return value
    }

    private mutating func countMember() throws(JSONError) {
        guard membersLeft > 0 else {
            throw failure(.tooManyMembers(limit: limits.maxMembers), at: position)
        }
        membersLeft -= 1
    }

    // MARK: Bad news

    func failure(_ reason: JSONError.Reason, at offset: Int) -> JSONError {
        JSONError(reason: reason, offset: offset)
    }

    func end(expected: String) -> JSONError {
        failure(.unexpectedEnd(expected: expected), at: position)
    }

    /// What to say about the byte at `position`, or about the text ending there.
    func unexpected(in bytes: Span<UInt8>, expected: String) -> JSONError {
        guard position < bytes.count else { return end(expected: expected) }
        return failure(.unexpectedByte(bytes[position], expected: expected), at: position)
    }
}
