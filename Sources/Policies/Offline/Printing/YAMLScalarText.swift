// Scalars as YAML text: plain where every reader agrees that plain is text, quoted elsewhere.

internal import Notation

enum YAMLScalarText {
    /// The text of a scalar, fit for block and flow style; nil: YAML can't say it, as it can't say
    /// a number beyond doubles.
    static func text(of value: JSON) -> String? {
        switch value {
        case .null, .bool, .integer: return value.text
        case .number(let text): return readsBack(text, as: value) ? text : nil
        case .string(let text): return self.text(of: text)
        case .array, .object: return nil
        }
    }

    static func text(of text: String) -> String {
        isPlain(text) ? text : quoted(text)
    }

    /// As the value of a member on its own line, where commas and brackets mean nothing.
    static func text(ofBlock text: String) -> String {
        isReadable(text) && readsBack(text, as: .string(text), in: ("k: ", ""))
            ? text : quoted(text)
    }

    /// Double quotes, unless that needs backslashes and single quotes do not.
    private static func quoted(_ text: String) -> String {
        let isReadable = text.unicodeScalars.allSatisfy(isPrintable)
        if isReadable, text.utf8.contains(where: { "\\\"".utf8.contains($0) }) {
            return "'"
                + text.split(separator: "'", omittingEmptySubsequences: false)
                .joined(separator: "''") + "'"
        }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case _ where isPrintable(scalar): quoted.unicodeScalars.append(scalar)
            default: quoted += escape(scalar)
            }
        }
        return quoted + "\""
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let width = scalar.value > 0xFFFF ? 8 : 4
        let zeros = String(repeating: "0", count: max(0, width - digits.count))
        return (width == 8 ? "\\U" : "\\u") + zeros + digits
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case ..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: false
        default: true
        }
    }

    /// Whether the text, written without quotes in a list, as a value and as a key, reads as
    /// itself, and no older reader takes it for a boolean.
    private static func isPlain(_ text: String) -> Bool {
        let isSimple =
            !text.isEmpty && text.unicodeScalars.allSatisfy(isPrintable)
            && !text.hasPrefix("-") && text != "<<" && text != "="
        guard isSimple, readsBack(text, as: .string(text)) else { return false }
        do throws(YAMLError) {
            let pair = try YAML.load("{\(text): \(text)}").entries
            return pair?.count == 1 && pair?.first?.key.hasSameBytes(as: text) == true
                && pair?.first?.value.asText?.hasSameBytes(as: text) == true
        } catch {
            return false
        }
    }

    private static func isReadable(_ text: String) -> Bool {
        !text.isEmpty && text.unicodeScalars.allSatisfy(isPrintable) && !text.hasPrefix("-")
            && text != "<<" && text != "="
    }

    private static func readsBack(
        _ text: String, as value: JSON, in frame: (before: String, after: String) = ("[", "]")
    ) -> Bool {
        do throws(YAMLError) {
            let node = try YAML.load(frame.before + text + frame.after)
            let nodes = node.elements ?? node.entries?.map(\.value) ?? []
            guard let element = nodes.first, nodes.count == 1, try element.json() == value else {
                return false
            }
            let isDate = element.scalar?.value == .timestamp
            return value.asString == nil || element.asBool == nil && !isDate
        } catch {
            return false
        }
    }
}
