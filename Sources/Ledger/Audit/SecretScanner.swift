// Secrets in running text: code, command lines, headers, URLs, error messages.
//
// One pass, run by run; a *run* is what names and tokens are made of. It rather masks too much.

internal import Notation

/// Reads a text once from front to back and copies what may be seen.
///
/// INVARIANT: `position` only grows, and what is looked ahead at is masked, or bounded by
/// `lookahead`.
struct SecretScanner {
    /// Of a text, behind what is shown, in bytes: the most of a secret that must be seen whole.
    private static let lookahead = 4096

    private let bytes: [UInt8]
    /// There is more behind `bytes`.
    private let isCut: Bool
    private var position = 0
    private var output: [UInt8] = []

    private init(_ bytes: [UInt8], isCut: Bool) {
        self.bytes = bytes
        self.isCut = isCut
        output.reserveCapacity(bytes.count)
    }

    /// The text with its secrets masked, cut to `limit` bytes after that: no half secret shows.
    static func redact(_ text: String, limit: Int) -> String {
        let size = text.utf8.count
        var scanner = SecretScanner(
            Array(text.utf8.prefix(limit + lookahead)), isCut: size > limit + lookahead)
        scanner.scan()
        guard scanner.output.count > limit || scanner.isCut else {
            return String(decoding: scanner.output, as: UTF8.self)
        }
        var end = min(limit, scanner.output.count)
        // Not inside of a character.
        while end > 0, end < scanner.output.count, scanner.output[end] & 0xC0 == 0x80 { end -= 1 }
        return String(decoding: scanner.output[..<end], as: UTF8.self) + "… [\(size) bytes]"
    }

    static func isWord(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: ".")
    }

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    private mutating func scan() {
        while position < bytes.count {
            if Self.isWord(bytes[position]) {
                run()
            } else if starts(with: "://".utf8, at: position) {
                authority()
            } else {
                output.append(bytes[position])
                position += 1
            }
        }
    }

    // MARK: Runs

    private mutating func run() {
        let end = self.end(from: position, while: Self.isWord)
        if let marker = find("-----BEGIN", from: position, to: end) { return pem(from: marker) }
        if let token = tokenStart(position..<end) { return mask(from: token, to: tokenEnd(end)) }
        let name = bytes[position..<end]
        if isScheme(name), let value = skipSpace(from: end), value > end,
            self.end(from: value, while: isTokenByte) - value >= 8
        {
            return mask(from: value, to: self.end(from: value, while: isTokenByte))
        }
        if SecretName.isSecret(name), let value = valueStart(after: name, end) {
            return mask(from: value.start, to: valueEnd(value, name))
        }
        output += name
        position = end
    }

    /// Copies up to `start`, and a mask in place of what follows up to `end`.
    private mutating func mask(from start: Int, to end: Int) {
        output += bytes[position..<start]
        output += Redactor.mask.utf8
        position = end
    }

    private mutating func pem(from start: Int) {
        let footer = find("-----END", from: start, to: bytes.count)
        var end = footer.map { lineEnd($0) } ?? bytes.count
        // The footer's own dashes, when everything is on one line.
        if let footer, let close = find("-----", from: footer + 8, to: end) { end = close + 5 }
        mask(from: start, to: end)
    }

    /// Where in a run a token of a known make begins.
    private func tokenStart(_ run: Range<Int>) -> Int? {
        for start in run where start == run.lowerBound || !Self.isAlphanumeric(bytes[start - 1]) {
            guard let length = Self.tokenPrefixes.match(bytes, at: start) else { continue }
            let isShort = bytes[start] == UInt8(ascii: "s") && length == 3
            let least = isShort ? Self.leastAfterShortPrefix : Self.leastAfterPrefix
            if tokenEnd(run.upperBound) - start >= length + least { return start }
        }
        return nil
    }

    /// How tokens of well-known services begin. `sk-` also begins words.
    private static let tokenPrefixes = FirstByteTable([
        "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "sk-", "sk_live_",
        "rk_live_", "AKIA", "ASIA", "AIza", "xoxa-", "xoxb-", "xoxp-", "xoxr-", "xoxs-", "xoxe-",
        "xapp-", "npm_", "pypi-", "hf_", "dop_v1_", "eyJ",
    ])
    /// Bytes of a token that follow.
    private static let leastAfterPrefix = 8
    private static let leastAfterShortPrefix = 12

    /// Tokens of base 64 go on where a run ends.
    private func tokenEnd(_ end: Int) -> Int { self.end(from: end, while: isTokenByte) }

    private func isTokenByte(_ byte: UInt8) -> Bool {
        Self.isWord(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
            || byte == UInt8(ascii: "=") || byte == UInt8(ascii: "~")
    }

    private func isScheme(_ name: ArraySlice<UInt8>) -> Bool {
        guard name.count == 5 || name.count == 6 else { return false }
        let folded = name.map { $0 | 0x20 }
        return folded.elementsEqual("bearer".utf8) || folded.elementsEqual("basic".utf8)
    }

    // MARK: Values

    private struct Value {
        let start: Int
        /// Nil: it is not quoted.
        let quote: UInt8?
    }

    /// Where the value of a name begins: behind `=`, `:` or `=>`, or behind a flag and a space.
    private func valueStart(after name: ArraySlice<UInt8>, _ end: Int) -> Value? {
        var place = self.end(from: end) { $0 == 0x20 || $0 == 0x09 || isQuote($0) || isBracket($0) }
        let separators = self.end(from: place) { separatorBytes.contains($0) }
        let isFlag = name.first == UInt8(ascii: "-")
        guard separators > place || (isFlag && place > end) else { return nil }
        place = separators
        var quote: UInt8?
        // Up to two letters before a quote are a string's kind, as in `b"…"`.
        while place < bytes.count {
            let byte = bytes[place]
            if isQuote(byte) {
                quote = byte == UInt8(ascii: "\\") ? quote : byte
            } else if !(byte == 0x20 || byte == 0x09 || byte == UInt8(ascii: "(")) {
                let letters = self.end(from: place, while: Self.isAlphanumeric)
                guard quote == nil, (1...2).contains(letters - place), letters < bytes.count,
                    isQuote(bytes[letters])
                else { break }
                place = letters - 1
            }
            place += 1
        }
        let isThere = place < bytes.count && (quote != nil || bytes[place] != 0x0A)
        return isThere ? Value(start: place, quote: quote) : nil
    }

    private func valueEnd(_ value: Value, _ name: ArraySlice<UInt8>) -> Int {
        if let quote = value.quote {
            let close = end(from: value.start) { $0 != quote }
            let next = skipSpace(from: min(close + 1, bytes.count)) ?? bytes.count
            // Texts written side by side, or added up, are one.
            let goesOn =
                next < bytes.count && (isQuote(bytes[next]) || bytes[next] == UInt8(ascii: "+"))
            return goesOn ? lineEnd(next) : close
        }
        if SecretName.takesLine(name) { return lineEnd(value.start) }
        let close = end(from: value.start) { byte in
            byte > 0x20 && !stopBytes.contains(byte)
        }
        let isCall = bytes[value.start..<close].contains(UInt8(ascii: "("))
        return isCall || close == value.start ? lineEnd(value.start) : close
    }

    private var separatorBytes: Set<UInt8> { [0x20, 0x09, 0x3A, 0x3D, 0x3E] }
    private var stopBytes: Set<UInt8> { Set(",;&)]}\"'`|<>".utf8) }

    private func isQuote(_ byte: UInt8) -> Bool {
        byte == 0x22 || byte == 0x27 || byte == 0x60 || byte == 0x5C
    }

    private func isBracket(_ byte: UInt8) -> Bool { byte == 0x5D || byte == 0x5B }

    // MARK: URLs

    /// `://user:password@host`: who comes in is masked. A password may hold what should have been
    /// escaped, so when the first part looks like one, the last `@` of the word counts.
    private mutating func authority() {
        let start = position + 3
        let word = end(from: start) { $0 > 0x20 && !Set("\"'`<>".utf8).contains($0) }
        let first = end(from: start) { $0 > 0x20 && !Set("/?#\"'`<>".utf8).contains($0) }
        var at = bytes[start..<first].lastIndex(of: UInt8(ascii: "@"))
        let colon = bytes[start..<first].lastIndex(of: UInt8(ascii: ":"))
        if at == nil, let colon, !bytes[(colon + 1)..<first].allSatisfy({ 0x30...0x39 ~= $0 }) {
            at = bytes[start..<word].lastIndex(of: UInt8(ascii: "@"))
        }
        if let at {
            output += "://".utf8
            position = start
            mask(from: start, to: at)
        } else if isCut, first == bytes.count {
            mask(from: start, to: bytes.count)
        } else {
            output += "://".utf8
            position = start
        }
    }

    // MARK: Looking

    private func end(from start: Int, while isInside: (UInt8) -> Bool) -> Int {
        var place = start
        while place < bytes.count, isInside(bytes[place]) { place += 1 }
        return place
    }

    /// Nil at the end of the text.
    private func skipSpace(from start: Int) -> Int? {
        let place = end(from: start) { $0 == 0x20 || $0 == 0x09 }
        return place < bytes.count ? place : nil
    }

    private func lineEnd(_ start: Int) -> Int {
        end(from: start) { $0 != 0x0A && $0 != 0x0D }
    }

    private func starts(with part: some Collection<UInt8>, at place: Int) -> Bool {
        bytes[place...].starts(with: part)
    }

    /// Where a text that begins with a dash first stands.
    private func find(_ text: String, from start: Int, to end: Int) -> Int? {
        var place = start
        while place < end {
            if bytes[place] == UInt8(ascii: "-"), starts(with: text.utf8, at: place) {
                return place
            }
            place += 1
        }
        return nil
    }
}
