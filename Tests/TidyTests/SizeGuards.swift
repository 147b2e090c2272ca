// Guards over sizes: what is too long to be read is too long to be believed.

enum SizeGuards {
    static let maxFileLines = 400
    static let maxToolLines = 120
    static let maxFunctionLines = 60
    static let maxColumns = 100

    /// Where sizes are ours to keep; schemas, locks and prose are not.
    private static let measured: Set<Substring> = ["swift", "c", "h", "S", "py", "sh"]

    private static func isMeasured(_ file: SourceFile) -> Bool {
        let parts = file.name.split(separator: ".")
        return parts.count > 1 && parts.last.map(measured.contains) == true
    }

    static func longFile(_ file: SourceFile) -> [Finding] {
        guard isMeasured(file) else { return [] }
        let isTool = file.path.hasPrefix("Sources/Catalog/Tools/")
        let limit = isTool ? maxToolLines : maxFileLines
        guard file.lines.count > limit else { return [] }
        return [
            Finding(
                path: file.path, line: 0, message: "\(file.lines.count) lines, limit \(limit)")
        ]
    }

    static func longLines(in file: SourceFile) -> [Finding] {
        guard isMeasured(file) else { return [] }
        return file.lines.enumerated().compactMap { index, line in
            line.count > maxColumns
                ? Finding(path: file.path, line: index + 1, message: "\(line.count) columns") : nil
        }
    }

    static func longFunctions(in file: SourceFile) -> [Finding] {
        let starts = file.isSwift ? swiftFunctions(in: file) : cFunctions(in: file)
        return starts.compactMap { start in
            guard let end = closing(after: start, in: file.code) else { return nil }
            let count = end - start + 1
            guard count > maxFunctionLines else { return nil }
            return Finding(
                path: file.path, line: start + 1, message: "a function of \(count) lines")
        }
    }

    /// Lines (from zero) on which a function or initialiser with a body begins.
    private static func swiftFunctions(in file: SourceFile) -> [Int] {
        var starts: [Int] = []
        for word in file.words {
            switch word.text {
            case "func", "deinit": starts.append(word.line - 1)
            case "init" where word.before != "." && "(<?".contains(word.after):
                starts.append(word.line - 1)
            default: break
            }
        }
        return starts.filter { hasBody(startingAt: $0, in: file.code) }
    }

    /// A C function's body opens on a line that begins in the first column.
    private static func cFunctions(in file: SourceFile) -> [Int] {
        guard file.isC else { return [] }
        return file.code.indices.filter { index in
            let line = file.code[index]
            guard let first = line.first, first.isLetter || first == "{" else { return false }
            return line.hasSuffix("{") && (line.contains(")") || first == "{")
        }
    }

    /// Whether a brace opens before the next declaration: a protocol's requirement has none.
    private static func hasBody(startingAt start: Int, in code: [String]) -> Bool {
        for (offset, line) in code[start...].enumerated() {
            let words = line.split { !$0.isLetter }
            let declares = words.contains { ["func", "init", "var", "let", "case"].contains($0) }
            if offset > 0, declares { return false }
            if line.contains("{") { return true }
            if line.contains("}") { return false }
        }
        return false
    }

    /// The line (from zero) that closes the first brace opened at or after a line.
    private static func closing(after start: Int, in code: [String]) -> Int? {
        var depth = 0
        for index in start..<code.count {
            for character in code[index] {
                if character == "{" { depth += 1 }
                guard character == "}" else { continue }
                depth -= 1
                if depth == 0 { return index }
            }
        }
        return nil
    }
}
