// Guards over everything written, prose included.

enum TextGuards {
    /// This folder quotes what it refuses; attack payloads name the places they try to read.
    private static func quotes(_ file: SourceFile) -> Bool {
        ["Tests/TidyTests/", "Tests/Attacks/"].contains { file.path.hasPrefix($0) }
    }

    private static func findings(
        _ pattern: Regex<Substring>, in file: SourceFile, _ message: String
    ) -> [Finding] {
        guard !quotes(file) else { return [] }
        return file.lines.enumerated().compactMap { index, line in
            guard let match = line.firstMatch(of: pattern) else { return nil }
            return Finding(
                path: file.path, line: index + 1, message: "\(message): \(match.output)")
        }
    }

    static func unfinished(in file: SourceFile) -> [Finding] {
        findings(/\b(?:TODO|FIXME|XXX|HACK)\b/, in: file, "unfinished")
    }

    /// Paths of somebody's machine.
    static func machinePaths(in file: SourceFile) -> [Finding] {
        findings(
            /(?:^|[\s"'`(=:])(?:\/work\/|\/root\/|\/tmp\/wt|\/home\/[a-z])[^\s"'`)]*/, in: file,
            "a path of one machine")
    }

    /// Where packages come from is the machine's business: pip, uv and apt know their index.
    static func registries(in file: SourceFile) -> [Finding] {
        guard file.path != "LICENSE" else { return [] }
        let registry =
            /\b(?:(?:pypi|pythonhosted|anaconda|npmjs|deb\.debian)\.org|(?:crates|ghcr)\.io)\b/
        return findings(registry, in: file, "a registry's host name")
    }

    /// What a text says is in the tree, is. Names end where a placeholder begins. In code only
    /// comments are texts: a string may name a place inside a worker's root.
    static func missingPaths(in file: SourceFile, existing: Set<String>) -> [Finding] {
        guard !quotes(file) else { return [] }
        let mention = /(?:^|[^\w.\/-])((?:Sources|Tests|sandbox|policies)\/[\w.\/+-]*\w)/
        return file.lines.enumerated().flatMap { index, line -> [Finding] in
            let isComment = line.drop { $0 == " " }.hasPrefix("//")
            guard isComment || !(file.isSwift || file.isC) else { return [] }
            return line.matches(of: mention).compactMap { match in
                let path = String(match.output.1)
                guard !existing.contains(path) else { return nil }
                // The start of a name, the rest of which is a placeholder: `Tests/<Module>Tests`.
                let rest = line[match.output.1.endIndex...].drop { "./-+".contains($0) }
                if let next = rest.first, "*<{\\…$%".contains(next) { return nil }
                return Finding(
                    path: file.path, line: index + 1, message: "\(path) does not exist")
            }
        }
    }

    /// The names that tools declare, each with the file that does.
    static func toolNames(in files: [SourceFile]) -> [(name: String, path: String)] {
        files.filter { $0.path.hasPrefix("Sources/Catalog/Tools/") }.compactMap { file in
            file.lines.lazy.compactMap { $0.firstMatch(of: /\bname(?::| =) "([\w-]+)"/) }.first
                .map { (String($0.output.1), file.path) }
        }
    }

    /// A tool is known by name to its own file only.
    static func strayToolNames(
        in file: SourceFile, tools: [(name: String, path: String)]
    ) -> [Finding] {
        guard file.isShipped else { return [] }
        return tools.filter { $0.path != file.path }.flatMap { tool in
            file.lines.enumerated().compactMap { index, line in
                let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "-" }
                guard words.contains(Substring(tool.name)) else { return nil }
                return Finding(
                    path: file.path, line: index + 1, message: "names the tool \(tool.name)")
            }
        }
    }
}
