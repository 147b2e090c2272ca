/// Whether and how to color what a terminal shows.
///
/// Meaning never hangs on color: with it switched off the same words are there.
struct Style: Hashable, Sendable {
    let color: Bool

    static let plain = Style(color: false)

    init(color: Bool) {
        self.color = color
    }

    /// Colors only on a terminal that knows them and whose user didn't decline (no-color.org:
    /// `NO_COLOR` counts when it isn't empty).
    init(isTerminal: Bool, noColor: String?, term: String?) {
        let declined = !(noColor ?? "").isEmpty
        let dumb = term == nil || term == "" || term == "dumb"
        color = isTerminal && !declined && !dumb
    }

    func paint(_ text: String, _ tone: Tone) -> String {
        guard color, !text.isEmpty, let code = code(of: tone) else { return text }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }

    /// The graphic rendition of ECMA-48, section 8.3.117; 0 ends it.
    private func code(of tone: Tone) -> String? {
        switch tone {
        case .plain: nil
        case .heading: "1"
        case .name: "36"
        case .good: "32"
        case .doubtful: "33"
        case .bad: "1;31"
        case .faint: "2"
        }
    }
}
