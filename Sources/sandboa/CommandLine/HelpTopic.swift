/// What somebody asked to have explained.
enum HelpTopic: Hashable, Sendable {
    case everything
    /// Commands with a common first word: `env`.
    case family(String)
    case command(CommandName)
}
