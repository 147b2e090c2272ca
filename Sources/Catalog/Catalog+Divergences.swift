// Where every tool differs from upstream's of the same name, on purpose.

extension Catalog {
    /// True of all tools that have an upstream; what is true of one stands in its declaration.
    package static let divergences = [
        "A call that failed says so: isError is true for refusals, exceptions and time-outs.",
        "An argument that the schema does not name is refused, and nothing is done.",
        "Beside the text there is structured content, and a schema that declares it.",
        "Every size, count and time has a ceiling; what was cut or lowered is said.",
        "A path leads beneath the workspace or is refused; without a workspace there are no files.",
        "Code has no network, and of the host it sees what its profile shows.",
    ]
}
