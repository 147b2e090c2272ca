/// Commands that share their first word: `env list`, `env build`, …
struct Family: Hashable, Sendable {
    let word: String
    /// As a command's: a line of a list.
    let summary: String
}
