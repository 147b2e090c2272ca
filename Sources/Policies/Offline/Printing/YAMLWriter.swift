// A value as YAML in one canonical form: two spaces a level, members in their order, small maps
// and lists in one line, long texts folded.

internal import Notation

struct YAMLWriter {
    static let maxColumns = 100

    /// Maps that are never written in one line: where a reader looks for a line each.
    private static let blocks: Set<String> = ["", "tools", "categories", "rules", "tests"]
    /// Members of the top that stand apart.
    private static let groups: Set<String> = ["tools", "categories", "tests", "hide"]

    private var lines: [String] = []

    static func text(of document: JSONObject) -> String {
        var writer = YAMLWriter()
        for member in document {
            if groups.contains(member.key) && !writer.lines.isEmpty { writer.lines.append("") }
            writer.write(
                member.value, after: YAMLScalarText.text(of: member.key) + ":", 0, member.key)
        }
        return writer.lines.joined(separator: "\n") + "\n"
    }

    /// Writes a value behind `lead`, which is `key:` or `-`, indented by `indent`. `key` is the
    /// member's, of the nearest map around.
    private mutating func write(_ value: JSON, after lead: String, _ indent: Int, _ key: String) {
        let margin = String(repeating: " ", count: indent)
        let line = margin + lead + " "
        if let flow = value.asString.map(YAMLScalarText.text(ofBlock:)) ?? Self.flow(value),
            !needsBlock(value, key),
            line.count + flow.count <= Self.maxColumns || value.isLeaf && !isFoldable(value)
        {
            lines.append(line + flow)
            return
        }
        switch value {
        case .string(let text):
            lines.append(line + ">-")
            fold(text, indent: indent + 2)
        case .array(let elements):
            lines.append(margin + lead)
            for element in elements { writeElement(element, indent + 2, key) }
        case .object(let object):
            lines.append(margin + lead)
            write(object, indent + 2, inside: key)
        default: lines.append(line + value.text)
        }
    }

    private mutating func write(_ object: JSONObject, _ indent: Int, inside key: String) {
        for member in object {
            // The sections of tools are blocks themselves; what is in them is not.
            let name = Self.isSectionMap(key) ? key + "." : member.key
            let lead = YAMLScalarText.text(of: member.key) + ":"
            write(member.value, after: lead, indent, name)
        }
    }

    /// An element of a list; a map begins on the line of its dash.
    private mutating func writeElement(_ element: JSON, _ indent: Int, _ key: String) {
        guard case .object(let object) = element, !object.isEmpty else {
            return write(element, after: "-", indent, key)
        }
        let margin = String(repeating: " ", count: indent)
        if let flow = Self.flow(element), !Self.blocks.contains(key),
            margin.count + 2 + flow.count <= Self.maxColumns
        {
            lines.append(margin + "- " + flow)
            return
        }
        let first = lines.count
        write(object, indent + 2, inside: key + "[]")
        lines[first] = margin + "- " + lines[first].dropFirst(indent + 2)
    }

    private static func isSectionMap(_ key: String) -> Bool {
        key == "tools" || key == "categories"
    }

    private func needsBlock(_ value: JSON, _ key: String) -> Bool {
        let isEmpty = value.asArray?.isEmpty == true || value.asObject?.isEmpty == true
        guard !isEmpty, !value.isLeaf else { return false }
        if value.asObject != nil { return Self.blocks.contains(key) || key.hasSuffix(".") }
        return Self.blocks.contains(key)
    }

    // MARK: Texts

    private func isFoldable(_ value: JSON) -> Bool {
        guard case .string(let text) = value else { return false }
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value < 0x7F }
        return words.count > 1 && isPlain && words.allSatisfy { !$0.isEmpty }
    }

    private mutating func fold(_ text: String, indent: Int) {
        let margin = String(repeating: " ", count: indent)
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, indent + line.count + 1 + word.count > Self.maxColumns {
                lines.append(margin + line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        lines.append(margin + line)
    }

    // MARK: In one line

    /// nil: something in it can't be said.
    static func flow(_ value: JSON) -> String? {
        switch value {
        case .array(let elements):
            let parts = elements.compactMap(flow)
            return parts.count == elements.count ? "[" + parts.joined(separator: ", ") + "]" : nil
        case .object(let object):
            var parts: [String] = []
            for member in object {
                guard let text = flow(member.value) else { return nil }
                parts.append(YAMLScalarText.text(of: member.key) + ": " + text)
            }
            return "{" + parts.joined(separator: ", ") + "}"
        default: return YAMLScalarText.text(of: value)
        }
    }
}

extension JSON {
    fileprivate var isLeaf: Bool { asArray == nil && asObject == nil }
}
