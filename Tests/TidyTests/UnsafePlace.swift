// The architecture as data, second half: where unsafe code may be, and why there.

/// A place where the keyword `unsafe` may be written.
struct UnsafePlace: Sendable {
    let reason: String
    let admits: @Sendable (SourceFile) -> Bool

    static let all: [UnsafePlace] = [
        UnsafePlace(reason: "the only module that calls the kernel") {
            $0.path.hasPrefix("Sources/Kernel/")
        },
        UnsafePlace(reason: "holds the embedded CPython") {
            $0.path == "Sources/sandboa-worker/Interpreter.swift"
        },
        UnsafePlace(reason: "the one wrapper of libyaml") {
            $0.target == "Notation" && $0.imports("CYAML")
        },
        UnsafePlace(reason: "the one wrapper of libseccomp") {
            $0.target == "Jail" && $0.imports("CSeccomp")
        },
        UnsafePlace(reason: "the one wrapper of RE2") {
            $0.target == "Policies" && $0.imports("CRE2")
        },
        UnsafePlace(reason: "the one wrapper of SQLite") {
            $0.target == "Ledger" && $0.imports("CSQLite")
        },
        UnsafePlace(reason: "the one wrapper of hiredis") {
            $0.target == "Ledger" && $0.imports("CHiredis")
        },
        UnsafePlace(reason: "the one wrapper of libcrypto") {
            $0.target == "Ledger" && $0.imports("CCrypto")
        },
    ]

    /// C libraries that exactly one Swift file may import: its wrapper.
    static let wrappedLibraries = [
        "CYAML", "CSeccomp", "CPythonHost", "CRE2", "CSQLite", "CHiredis", "CCrypto",
    ]
}
