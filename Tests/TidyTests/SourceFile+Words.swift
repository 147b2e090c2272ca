// How guards look into a file: words of code, imports, text around a line.

/// A word of code and where it stands.
struct Word {
    let text: Substring
    /// One-based.
    let line: Int
    /// What stands directly before and after it; a space at either end of a line.
    let before: Character
    let after: Character
}

extension SourceFile {
    /// Every identifier and keyword outside comments and strings.
    var words: [Word] {
        var words: [Word] = []
        for (index, line) in code.enumerated() {
            var start: String.Index?
            for position in line.indices + [line.endIndex] {
                if position < line.endIndex, Self.isWord(line[position]) {
                    start = start ?? position
                } else if let first = start {
                    words.append(
                        Word(
                            text: line[first..<position], line: index + 1,
                            before: first > line.startIndex ? line[line.index(before: first)] : " ",
                            after: position < line.endIndex ? line[position] : " "))
                    start = nil
                }
            }
        }
        return words
    }

    private static func isWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }

    /// The modules a Swift file imports, with their lines.
    var importedModules: [(name: String, line: Int)] {
        code.enumerated().compactMap { index, line in
            let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "@" }
            guard let position = words.firstIndex(of: "import"), position + 1 < words.count,
                words[..<position].allSatisfy({ Self.importModifiers.contains(String($0)) })
            else { return nil }
            var module = words[position + 1]
            if Self.importKinds.contains(String(module)), position + 2 < words.count {
                module = words[position + 2]
            }
            return (String(module), index + 1)
        }
    }

    func imports(_ module: String) -> Bool { importedModules.contains { $0.name == module } }

    /// Whether the text stands on this line or on one of the `reach` lines above it.
    func says(_ text: String, at line: Int, reach: Int) -> Bool {
        lines[max(0, line - 1 - reach)..<line].contains { $0.contains(text) }
    }

    private static let importModifiers: Set<String> = [
        "public", "package", "internal", "fileprivate", "private", "@testable", "@preconcurrency",
        "@_exported", "@_implementationOnly",
    ]
    private static let importKinds: Set<String> = [
        "struct", "class", "enum", "protocol", "func", "var", "let", "typealias",
    ]
}
