/// One scalar: how it was written, and what it means.
package struct YAMLScalar: Hashable, Sendable {
    package enum Style: Hashable, Sendable {
        case plain, singleQuoted, doubleQuoted, literal, folded
    }

    package let text: String
    package let style: Style
    package let value: YAMLValue

    package init(text: String, style: Style, value: YAMLValue) {
        self.text = text
        self.style = style
        self.value = value
    }

    /// Whether it was written in any way but plain.
    package var isQuoted: Bool { style != .plain }

    /// The words that YAML 1.1 took for booleans and YAML 1.2 takes for text.
    static let oldBooleans: [String: Bool] = {
        var words: [String: Bool] = [:]
        for word in ["y", "Y", "yes", "Yes", "YES", "on", "On", "ON"] { words[word] = true }
        for word in ["n", "N", "no", "No", "NO", "off", "Off", "OFF"] { words[word] = false }
        return words
    }()
}
