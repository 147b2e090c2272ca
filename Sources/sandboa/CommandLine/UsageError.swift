/// A command line that can't be understood. Nothing was done; the exit status is 2.
struct UsageError: Error, Hashable, Sendable {
    /// What is wrong, as a sentence.
    let message: String
    /// What to write instead, as a sentence, where something can be said.
    var advice: String?
    /// The usage line that was missed.
    let usage: String
    /// The command line that explains more.
    let help: String

    static let exitCode = ExitCode.usage

    /// The lines for standard error.
    func text(style: Style) -> String {
        var lines = [style.paint("sandboa: ", .bad) + message.printable]
        if let advice { lines.append("  " + advice.printable) }
        lines.append("  Usage: " + usage)
        lines.append("  More:  " + help)
        return lines.joined(separator: "\n") + "\n"
    }
}
