// A policy file in canonical form, in the dialect it is in.
//
// The model holds no comments. Those at the top of the file and those above a key of the top or
// above a section keep their place; any other can't, so a file that has one is refused.

internal import Notation

package enum PolicyFormatter {
    /// The canonical text. `source`: the bytes the policy was loaded from.
    package static func text(
        of policy: Policy, source: [UInt8]
    ) throws(InvalidPolicy) -> String {
        let printed = try PolicyPrinter.text(of: policy, as: policy.dialect)
        guard policy.dialect != .json else { return printed }
        return try CommentKeeper(source, file: policy.file).inserted(into: printed)
    }
}

/// The comments of a YAML file and what they stand above.
struct CommentKeeper {
    /// Lines with a `#` that are looked at one by one; each costs a reading of the file.
    static let maxDoubtful = 200

    private let file: String
    /// Comments before the first key, and behind the last line.
    private var top: [String] = []
    private var bottom: [String] = []
    private var above: [String: [String]] = [:]
    private var lost: [Int] = []

    init(_ source: [UInt8], file: String) {
        self.file = file
        let text = String(decoding: source, as: UTF8.self)
        guard text.contains("#") else { return }
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .map(String.init)
        let whole = Self.value(of: lines)
        let anchors = Self.anchors(in: text)
        let comments = Self.comments(in: lines, whole)
        var pending: [(line: Int, text: String)] = []
        var sawKey = false
        var doubtful = 0
        for (index, line) in lines.enumerated() {
            let trimmed = line.drop { $0 == " " || $0 == "\t" }
            if comments.contains(index) {
                pending.append((index + 1, String(trimmed)))
                continue
            }
            if trimmed.isEmpty || trimmed == "---" {
                // A block before the first key, with a gap behind it, belongs to the file.
                if !sawKey, !pending.isEmpty {
                    top += (top.isEmpty ? [] : [""]) + pending.map(\.text)
                    pending = []
                }
                continue
            }
            if line.contains(" #") || line.contains("\t#") {
                doubtful += 1
                if doubtful > Self.maxDoubtful
                    || Self.hasTrailingComment(line, at: index, lines, whole)
                {
                    lost.append(index + 1)
                }
            }
            if let anchor = anchors[index + 1] {
                if sawKey {
                    above[anchor] = pending.map(\.text)
                } else {
                    top += (top.isEmpty || pending.isEmpty ? [] : [""]) + pending.map(\.text)
                }
                sawKey = true
            } else {
                lost += pending.map(\.line)
            }
            pending = []
        }
        bottom = pending.map(\.text)
    }

    /// The text with the comments at their places again.
    func inserted(into text: String) throws(InvalidPolicy) -> String {
        let anchors = Self.anchors(in: text)
        let gone = above.filter { !$0.value.isEmpty && !anchors.values.contains($0.key) }.keys
        guard lost.isEmpty, gone.isEmpty else { throw refusal(gone.sorted()) }
        var lines: [String] = top
        let printed = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for (index, line) in printed.enumerated() {
            if let anchor = anchors[index + 1] {
                let margin = line.prefix { $0 == " " }
                lines += (above[anchor] ?? []).map { margin + $0 }
            }
            lines.append(line)
        }
        if !bottom.isEmpty {
            while lines.last == "" { lines.removeLast() }
            lines += bottom + [""]
        }
        return lines.joined(separator: "\n")
    }

    private func refusal(_ gone: [String]) -> InvalidPolicy {
        var problems = lost.prefix(100).map { line in
            PolicyProblem(
                .error, at: SourceMark(file: file, line: line, column: 1), key: "",
                "formatting would lose the comment here",
                fix: "move it to the top of the file, above a key of the top, or above a tool")
        }
        problems += gone.map { anchor in
            PolicyProblem(
                .error, at: SourceMark(file: file, line: 1, column: 1), key: anchor,
                "formatting would lose the comment above this key, which is written elsewhere",
                fix: "move it to the top of the file")
        }
        return InvalidPolicy(problems)
    }

    /// Keys of the top and of sections, by the line they stand on.
    private static func anchors(in text: String) -> [Int: String] {
        var anchors: [Int: String] = [:]
        do throws(YAMLError) {
            for entry in try YAML.load(text).entries ?? [] {
                anchors[entry.keyPosition.line] = entry.key
                guard entry.key == "tools" || entry.key == "categories" else { continue }
                for section in entry.value.entries ?? [] {
                    anchors[section.keyPosition.line] = "\(entry.key).\(section.key)"
                }
            }
        } catch {
            return [:]
        }
        return anchors
    }

    /// Lines that are comments and not part of a text. Usually all that look like one.
    private static func comments(in lines: [String], _ whole: JSON?) -> Set<Int> {
        let candidates = lines.indices.filter {
            lines[$0].drop { $0 == " " || $0 == "\t" }.hasPrefix("#")
        }
        if value(of: lines, without: candidates) == whole { return Set(candidates) }
        return Set(
            candidates.prefix(maxDoubtful).filter { value(of: lines, without: [$0]) == whole })
    }

    /// Whether something behind a `#` in the line means nothing.
    private static func hasTrailingComment(
        _ line: String, at index: Int, _ lines: [String], _ whole: JSON?
    ) -> Bool {
        var rest = line[...]
        while let place = rest.lastIndex(of: "#") {
            rest = line[..<place]
            guard let before = rest.last, before == " " || before == "\t" else { continue }
            var shorter = lines
            shorter[index] = String(rest)
            if value(of: shorter) == whole { return true }
        }
        return false
    }

    private static func value(of lines: [String], without indices: [Int] = []) -> JSON? {
        var lines = lines
        for index in indices { lines[index] = "" }
        do throws(YAMLError) { return try YAML.load(lines.joined(separator: "\n")).json() } catch {
            return nil
        }
    }
}
