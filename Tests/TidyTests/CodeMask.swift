// Blanks out comments and string literals, so that guards look at code only.
//
// It knows as much of the grammar as that takes: nested block comments, raw and multi-line
// strings, interpolation. Each character becomes one character, so lines and columns stay.

struct CodeMask {
    private let input: [Character]
    private var output: [Character] = []
    private var position = 0

    private init(_ text: String) {
        input = Array(text)
        output.reserveCapacity(input.count)
    }

    static func mask(_ text: String) -> String {
        var mask = CodeMask(text)
        mask.code(until: nil, visible: true)
        return String(mask.output)
    }

    private var next: Character? { position < input.count ? input[position] : nil }

    private func looking(at text: String) -> Bool {
        input[position...].starts(with: text)
    }

    /// Moves over one character: kept when it is code, else a space. Line ends always stay.
    private mutating func step(visible: Bool) {
        let character = input[position]
        output.append(visible || character.isNewline ? character : " ")
        position += 1
    }

    private mutating func step(_ count: Int, visible: Bool) {
        for _ in 0..<count where next != nil { step(visible: visible) }
    }

    /// Code up to the parenthesis that closes an interpolation, or to the end.
    private mutating func code(until closing: Character?, visible: Bool) {
        var depth = 0
        while let character = next {
            if character == closing, depth == 0 { return }
            switch character {
            case "/" where looking(at: "//"): lineComment()
            case "/" where looking(at: "/*"): blockComment()
            case "\"", "#": string(visible: visible)
            case "'", "`": quoted(by: character, visible: visible)
            default:
                if character == "(" { depth += 1 }
                if character == ")" { depth -= 1 }
                step(visible: visible)
            }
        }
    }

    private mutating func lineComment() {
        while let character = next, !character.isNewline { step(visible: false) }
    }

    private mutating func blockComment() {
        var depth = 0
        repeat {
            if looking(at: "/*") {
                depth += 1
                step(2, visible: false)
            } else if looking(at: "*/") {
                depth -= 1
                step(2, visible: false)
            } else {
                step(1, visible: false)
            }
        } while depth > 0 && next != nil
    }

    /// A C character (`'"'` must not open a string) or a Swift name in backticks (a sentence).
    private mutating func quoted(by quote: Character, visible: Bool) {
        step(visible: visible)
        while let character = next, !character.isNewline, character != quote {
            if character == "\\", quote == "'" { step(visible: false) }
            step(1, visible: false)
        }
        if next == quote { step(visible: visible) }
    }

    /// A string literal of any kind, or a `#` that begins none.
    private mutating func string(visible: Bool) {
        var pounds = 0
        while position + pounds < input.count, input[position + pounds] == "#" { pounds += 1 }
        guard position + pounds < input.count, input[position + pounds] == "\"" else {
            return step(pounds, visible: visible)
        }
        let marks = String(repeating: "#", count: pounds)
        step(pounds, visible: visible)
        let quote = looking(at: "\"\"\"") ? "\"\"\"" : "\""
        step(quote.count, visible: visible)
        while let character = next {
            if looking(at: quote + marks) { return step(quote.count + pounds, visible: visible) }
            // An unclosed literal ends with its line: the rest of the file stays judged.
            if character.isNewline, quote.count == 1 { return }
            guard looking(at: "\\" + marks) else {
                step(visible: false)
                continue
            }
            step(1 + pounds, visible: false)
            if next == "(" {
                step(visible: false)
                code(until: ")", visible: false)
            }
            step(1, visible: false)
        }
    }
}
