// The architecture as data, first half: who may use whom.
//
// Changing this table is changing the architecture: Sources/README.md has the reasons.

/// A module and what it may import.
struct Layer {
    let name: String
    let uses: Set<String>

    /// Lowest first: a module uses only modules above it in this list, so there are no cycles.
    static let all: [Layer] = [
        Layer(name: "CPython", uses: []),
        Layer(name: "CKernel", uses: []),
        Layer(name: "CPythonHost", uses: ["CPython"]),
        Layer(name: "CYAML", uses: []),
        Layer(name: "CSeccomp", uses: []),
        Layer(name: "CRE2", uses: []),
        Layer(name: "CSQLite", uses: []),
        Layer(name: "CHiredis", uses: []),
        Layer(name: "CCrypto", uses: []),
        Layer(name: "Notation", uses: ["CYAML"]),
        Layer(name: "Kernel", uses: ["CKernel"]),
        Layer(name: "Wire", uses: ["Notation"]),
        Layer(name: "Policies", uses: ["Notation", "CRE2"]),
        Layer(name: "MCP", uses: ["Notation"]),
        Layer(
            name: "Ledger",
            uses: ["Notation", "Kernel", "Policies", "CSQLite", "CHiredis", "CCrypto"]),
        Layer(name: "Jail", uses: ["Notation", "Kernel", "CSeccomp"]),
        Layer(name: "Workspace", uses: ["Notation", "Kernel"]),
        Layer(name: "Engine", uses: ["Notation", "Kernel", "Wire", "Jail"]),
        Layer(name: "Catalog", uses: ["Notation", "Policies", "Jail", "Wire"]),
        Layer(
            name: "Gateway",
            uses: [
                "Notation", "Kernel", "Wire", "Policies", "MCP", "Ledger", "Jail", "Workspace",
                "Engine", "Catalog",
            ]),
        Layer(
            name: "sandboa",
            uses: [
                "Notation", "Kernel", "Wire", "Policies", "MCP", "Ledger", "Jail", "Workspace",
                "Engine", "Catalog", "Gateway",
            ]),
        Layer(name: "sandboa-worker", uses: ["Kernel", "Wire", "Jail", "CPythonHost"]),
    ]

    /// Modules of the toolchain, and who may import them. Everything else of it is refused:
    /// Foundation and Dispatch cost start-up time, 70 MB, and threads a zygote must not have.
    static let systemModules: [String: Set<String>] = [
        // The only module that calls the kernel.
        "Glibc": ["Kernel"],
        // Locks: not in the pure modules, and not in the worker, which has one thread.
        "Synchronization": ["Kernel", "Jail", "Engine", "Catalog", "Gateway", "sandboa"],
    ]

    static func named(_ name: String) -> Layer? { all.first { $0.name == name } }
}
