/// `NAME=TEXT` on the command line.
struct Pair: Hashable, Sendable {
    let name: String
    let text: String
}
