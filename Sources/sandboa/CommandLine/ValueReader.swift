import Notation

/// Reads one value of a kind. Pure: it looks at the text and the vocabulary only.
struct ValueReader: Sendable {
    let vocabulary: Vocabulary

    func read(_ text: String, as kind: ValueKind) throws(ValueError) -> Value {
        switch kind {
        case .flag: throw ValueError(problem: "takes no value", advice: "Leave out `=\(text)`.")
        case .text: .text(try filled(text))
        case .integer(let range): .integer(try integer(text, in: range))
        case .duration(let range): .duration(try duration(text, in: range))
        case .size(let range): .size(try size(text, in: range))
        case .file, .directory: .text(try path(text))
        case .choice(let words): .text(try choice(text, among: words))
        case .name(let lists): .text(try name(text, from: lists))
        case .names(let lists): .names(try names(text, from: lists))
        case .namedFile: .pair(try namedFile(text))
        case .nameOrNamedFile: .pair(try nameOrNamedFile(text))
        case .pair: .pair(try toolArgument(text))
        case .object: .object(try object(text))
        }
    }

    private func filled(_ text: String) throws(ValueError) -> String {
        guard !text.isEmpty else { throw ValueError(problem: "must not be empty") }
        return text
    }

    /// Digits with an optional minus; no plus, no spaces, no underscores.
    private func integer(
        _ text: String, in range: ClosedRange<Int64>
    ) throws(ValueError) -> Int64 {
        let digits = text.utf8.drop { $0 == UInt8(ascii: "-") }
        let plain = digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard plain, let number = Int64(text), range.contains(number) else {
            throw ValueError(
                problem: "must be a whole number from \(range.lowerBound) to "
                    + "\(range.upperBound), not `\(text)`")
        }
        return number
    }

    private func path(_ text: String) throws(ValueError) -> String {
        let path = try filled(text)
        guard path.utf8.count <= ValueKind.maxPathBytes else {
            throw ValueError(
                problem: "is a path of \(path.utf8.count) bytes; "
                    + "at most \(ValueKind.maxPathBytes) are possible")
        }
        return path
    }

    private func choice(_ text: String, among words: [String]) throws(ValueError) -> String {
        guard words.contains(text) else {
            throw ValueError(
                problem: "must be one of \(words.joined(separator: ", ")), not `\(text)`",
                advice: suggestion(for: text, among: words))
        }
        return text
    }

    private func namedFile(_ text: String) throws(ValueError) -> Pair {
        guard let pair = split(text) else {
            throw ValueError(problem: "must be written NAME=FILE, not `\(text)`")
        }
        guard pair.name.isName else { throw malformed(pair.name) }
        return Pair(name: pair.name, text: try path(pair.text))
    }

    /// A name alone has an empty text.
    private func nameOrNamedFile(_ text: String) throws(ValueError) -> Pair {
        if split(text) != nil { return try namedFile(text) }
        guard text.isName else { throw malformed(text) }
        return Pair(name: text, text: "")
    }

    private func toolArgument(_ text: String) throws(ValueError) -> Pair {
        guard let pair = split(text) else {
            throw ValueError(
                problem: "must be written KEY=VALUE, not `\(text)`",
                advice: "Put quotes around it if the value has spaces: 'code=print(1)'.")
        }
        return pair
    }

    /// Parts at the first `=`, of bytes: a combining mark behind it must not hide it.
    private func split(_ text: String) -> Pair? {
        let bytes = text.utf8
        guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")), equals > bytes.startIndex
        else { return nil }
        return Pair(
            name: String(text[..<equals]), text: String(text[bytes.index(after: equals)...]))
    }

    private func object(_ text: String) throws(ValueError) -> JSONObject {
        let value: JSON
        do throws(JSONError) {
            value = try JSON(parsing: Array(text.utf8))
        } catch {
            throw ValueError(
                problem: "is not JSON: \(error)",
                advice: "Put single quotes around the whole: '{\"code\": \"1 + 1\"}'.")
        }
        guard let object = value.asObject else {
            throw ValueError(problem: "must be a JSON object, such as '{\"code\": \"1 + 1\"}'")
        }
        return object
    }
}

/// Names: short, plain, and out of a list where the list is known.
extension ValueReader {
    private func name(
        _ text: String, from lists: [Vocabulary.List]
    ) throws(ValueError) -> String {
        guard text.isName else { throw malformed(text) }
        let known = vocabulary.names(lists)
        guard known.contains(text) || !vocabulary.knows(lists) else {
            let nouns = lists.map(\.noun).joined(separator: " or ")
            let all = known.count <= 12 ? "Known: \(known.joined(separator: ", "))." : nil
            throw ValueError(
                problem: "names no \(nouns) `\(text)`",
                advice: suggestion(for: text, among: known) ?? all)
        }
        return text
    }

    private func names(
        _ text: String, from lists: [Vocabulary.List]
    ) throws(ValueError) -> [String] {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count <= ValueKind.maxNames else {
            throw ValueError(
                problem: "holds \(parts.count) names; at most \(ValueKind.maxNames) are taken")
        }
        var names: [String] = []
        for part in parts {
            let name = try name(String(part), from: lists)
            guard !names.contains(name) else {
                throw ValueError(problem: "holds `\(name)` twice", advice: "Leave one out.")
            }
            names.append(name)
        }
        return names
    }

    private func malformed(_ text: String) -> ValueError {
        ValueError(
            problem: "holds `\(text)`, which is no name",
            advice: "A name is 1 to \(ValueKind.maxNameBytes) letters, digits, `_` and `-`.")
    }

    private func suggestion(for text: String, among words: [String]) -> String? {
        Nearest.to(text, among: words).map { "Did you mean \($0)?" }
    }
}
