// Foreign text for a person's eyes: nothing in it hides, reorders or passes for a text of ours.
//
// The agent writes the arguments of a call, and the person who approves it reads them. So what a
// screen would not show is spelled out: control characters, line ends, bidirectional overrides,
// invisible letters, blanks that are no space. Long runs of spaces, which push text out of sight,
// become a number; piles of accents, which cover the lines around them, are taken apart.

/// A text made of visible characters and single lines, cut to a bound.
struct VisibleText {
    private(set) var text = ""
    /// Whether some of the source is missing.
    private(set) var isCut = false

    /// Spaces in a row that are shown as they are; deeper indentation than this becomes a number.
    static let maxSpaces = 24
    /// Marks on one letter that are shown as marks.
    static let maxMarks = 2

    private let bound: Bound
    private var written = 0
    private var lines = 1
    private var spaces = 0
    private var marks = 0

    /// How much is shown, in Unicode scalars of output and in lines.
    private struct Bound {
        let scalars: Int
        let lines: Int
        /// Stands before every line; nil: line ends are spelled out, there is one line.
        let prefix: String?
    }

    /// One line of at most `most` scalars.
    init(line source: String, most: Int) {
        self.init(source, Bound(scalars: most, lines: 1, prefix: nil))
    }

    /// Lines, each behind `prefix`, so that none passes for a line of ours.
    init(lines source: String, prefix: String, most: Int, mostLines: Int) {
        self.init(source, Bound(scalars: most, lines: mostLines, prefix: prefix))
    }

    private init(_ source: String, _ bound: Bound) {
        self.bound = bound
        guard write(bound.prefix ?? "") else { return }
        for scalar in source.unicodeScalars {
            guard take(scalar) else { return }
        }
        _ = writeSpaces()
    }

    /// False when the text is full.
    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == " " {
            spaces += 1
            marks = 0
            return true
        }
        guard writeSpaces() else { return false }
        if scalar == "\n", let prefix = bound.prefix {
            guard lines < bound.lines else {
                isCut = true
                return false
            }
            lines += 1
            marks = 0
            return write("\n" + prefix)
        }
        marks = Self.isMark(scalar) ? marks + 1 : 0
        let isShown = marks <= Self.maxMarks && Self.isVisible(scalar)
        return write(isShown ? String(scalar) : Self.spelled(scalar))
    }

    private mutating func writeSpaces() -> Bool {
        defer { spaces = 0 }
        return spaces <= Self.maxSpaces
            ? write(String(repeating: " ", count: spaces)) : write("⟨\(spaces) spaces⟩")
    }

    /// Appends all of a piece or, when it does not fit, nothing.
    private mutating func write(_ piece: String) -> Bool {
        let count = piece.unicodeScalars.count
        guard count <= bound.scalars - written else {
            isCut = true
            return false
        }
        text += piece
        written += count
        return true
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: true
        default: false
        }
    }

    /// Whether a screen shows the scalar, where it stands, as something.
    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned,
            .surrogate, .spaceSeparator:
            false
        default:
            // The empty Braille cell is a symbol to Unicode and a blank to everyone else.
            !scalar.properties.isDefaultIgnorableCodePoint && scalar != "\u{2800}"
        }
    }

    /// `⟨U+202E⟩`.
    private static func spelled(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "⟨U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "⟩"
    }
}
