/// What a piece of text is to the reader; `Style` turns it into color.
enum Tone: String, CaseIterable, Sendable {
    case plain, heading, name, good, doubtful, bad, faint
}
