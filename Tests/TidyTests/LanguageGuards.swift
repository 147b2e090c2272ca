// Guards over the language: what is never written, and where unsafe code may stand.

enum LanguageGuards {
    /// Words that shipped code does without, and why.
    static let refusedWords: [Substring: String] = [
        "public": "cross-module names are `package`",
        "fatalError": "use `precondition` with a sentence, or an error",
        "async": "a run is one blocking function on its own thread",
        "await": "a run is one blocking function on its own thread",
        "actor": "state is guarded by a Mutex",
        "Task": "it starts threads",
    ]

    static func refusedWords(in file: SourceFile) -> [Finding] {
        guard file.isShipped, file.isSwift else { return [] }
        return file.words.compactMap { word in
            refusedWords[word.text].map {
                Finding(path: file.path, line: word.line, message: "`\(word.text)`: \($0)")
            }
        }
    }

    /// `try!`, `as!`, `value!` and `Type!`: a `!` right behind a name or a closing bracket.
    static func force(in file: SourceFile) -> [Finding] {
        guard file.isSwift else { return [] }
        return file.code.enumerated().compactMap { index, line in
            let characters = Array(line) + [" "]
            let forced = characters.indices.dropFirst().dropLast().contains { position in
                let before = characters[position - 1]
                return characters[position] == "!" && characters[position + 1] != "="
                    && (before.isLetter || before.isNumber || "_)]}?>\"`".contains(before))
            }
            guard forced else { return nil }
            return Finding(path: file.path, line: index + 1, message: "forced with `!`")
        }
    }

    /// `try?` drops an error: a comment on the line, or on one of the two above, says why it may.
    static func silentTry(in file: SourceFile) -> [Finding] {
        guard file.isShipped, file.isSwift else { return [] }
        return file.words.compactMap { word in
            guard word.text == "try", word.after == "?",
                !file.says("//", at: word.line, reach: 2)
            else { return nil }
            return Finding(path: file.path, line: word.line, message: "`try?` without a reason")
        }
    }

    /// `unsafe` stands only where the architecture allows it.
    static func misplacedUnsafe(in file: SourceFile) -> [Finding] {
        guard file.isShipped, file.isSwift else { return [] }
        guard !UnsafePlace.all.contains(where: { $0.admits(file) }) else { return [] }
        return file.words.filter { $0.text == "unsafe" || $0.text == "unchecked" }.map {
            Finding(path: file.path, line: $0.line, message: "`\($0.text)` may not stand here")
        }
    }

    /// How far above an `unsafe` its reason may stand, in lines.
    static let safetyReach = 4

    /// Every `unsafe` has its `SAFETY:` reason near, or above the type or extension around it.
    /// A reason covers what follows it closely, line after line.
    static func unexplainedUnsafe(in file: SourceFile) -> [Finding] {
        guard file.isShipped, file.isSwift else { return [] }
        var lastExplained = -safetyReach
        var found: [Finding] = []
        for word in file.words where word.text == "unsafe" || word.text == "unchecked" {
            if word.line - lastExplained <= safetyReach
                || file.says("SAFETY:", at: word.line, reach: safetyReach)
                || file.explainsSafety(aboveTypeAround: word.line)
            {
                lastExplained = word.line
            } else {
                let message = "`\(word.text)` without a SAFETY: line"
                found.append(Finding(path: file.path, line: word.line, message: message))
            }
        }
        return found
    }

    /// A Swift file opens with what it is for: before its imports, or right behind them.
    static func missingOpening(in file: SourceFile) -> [Finding] {
        guard file.isSwift else { return [] }
        let imports = Set(file.importedModules.map(\.line))
        let opening = file.lines.enumerated().first { index, line in
            !line.isEmpty && !imports.contains(index + 1)
        }
        if opening?.element.hasPrefix("//") == true { return [] }
        return [Finding(path: file.path, line: 1, message: "does not say what it is for")]
    }
}

extension SourceFile {
    /// Whether the comment above the outermost type or extension around a line speaks of safety.
    fileprivate func explainsSafety(aboveTypeAround line: Int) -> Bool {
        let keywords = ["extension", "struct", "enum", "class"]
        let opening = code[..<(line - 1)].lastIndex { text in
            guard let first = text.first, first.isLetter || first == "@" else { return false }
            return text.split(separator: " ").prefix(4).contains { keywords.contains(String($0)) }
        }
        guard let opening else { return false }
        return lines[..<opening].reversed().prefix { $0.hasPrefix("//") }
            .contains { $0.contains("SAFETY:") }
    }
}
