// swift-tools-version: 6.2
//
// The layers of DESIGN: a target lists only targets below it. The tidy test
// (Tests/TidyTests) compares every `import` with this table.

import PackageDescription

let strict: [SwiftSetting] = [
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let strictC: [CSetting] = [
    .define("_GNU_SOURCE"),
    .unsafeFlags(["-Wall", "-Wextra", "-Werror", "-std=gnu11"]),
]

/// No shared Swift runtime: one file to install, and a third of the start-up time.
let oneFile: [LinkerSetting] = [
    .unsafeFlags(["-static-stdlib"])
]

func module(_ name: String, uses dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// `data` names files among the tests that are read, not compiled.
func tests(
    _ name: String, uses dependencies: [Target.Dependency], data: [String] = []
) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: data)
}

let package = Package(
    name: "sandboa",
    products: [
        .executable(name: "sandboa", targets: ["sandboa"]),
        .executable(name: "sandboa-worker", targets: ["sandboa-worker"]),
    ],
    targets: [
        // C libraries and shims: plain signatures, `>= 0` or `-errno`.
        .systemLibrary(
            name: "CPython", pkgConfig: "python3-embed", providers: [.apt(["libpython3-dev"])]),
        .target(name: "CKernel", cSettings: strictC),
        .target(name: "CPythonHost", dependencies: ["CPython"], cSettings: strictC),
        .target(name: "CYAML", cSettings: strictC, linkerSettings: [.linkedLibrary(":libyaml.a")]),
        .target(
            name: "CSeccomp", cSettings: strictC,
            linkerSettings: [.linkedLibrary(":libseccomp.a")]),
        .target(
            name: "CRE2", cxxSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])],
            linkerSettings: [.linkedLibrary(":libre2.a"), .linkedLibrary("stdc++")]),
        .target(
            name: "CSQLite", cSettings: strictC,
            linkerSettings: [.linkedLibrary(":libsqlite3.a"), .linkedLibrary("m")]),
        .target(
            name: "CHiredis", cSettings: strictC,
            linkerSettings: [.linkedLibrary(":libhiredis.a")]),
        .target(
            name: "CCrypto", cSettings: strictC,
            linkerSettings: [.linkedLibrary(":libcrypto.a")]),

        // Layers, lowest first.
        module("Notation", uses: ["CYAML"]),
        module("Kernel", uses: ["CKernel"]),
        module("Wire", uses: ["Notation"]),
        module("Policies", uses: ["Notation", "CRE2"]),
        module("MCP", uses: ["Notation"]),
        module(
            "Ledger",
            uses: ["Notation", "Kernel", "Policies", "CSQLite", "CHiredis", "CCrypto"]),
        module("Jail", uses: ["Notation", "Kernel", "CSeccomp"]),
        module("Workspace", uses: ["Notation", "Kernel"]),
        module("Engine", uses: ["Notation", "Kernel", "Wire", "Jail"]),
        module("Catalog", uses: ["Notation", "Policies", "Jail", "Wire"]),
        module(
            "Gateway",
            uses: [
                "Notation", "Kernel", "Wire", "Policies", "MCP", "Ledger", "Jail", "Workspace",
                "Engine", "Catalog",
            ]),

        // Programs.
        .executableTarget(
            name: "sandboa",
            dependencies: [
                "Notation", "Kernel", "Wire", "Policies", "MCP", "Ledger", "Jail", "Workspace",
                "Engine", "Catalog", "Gateway",
            ],
            swiftSettings: strict,
            // Not static in debug builds: a test that links this target can't be. The math
            // library, which Double's rounding calls, comes with the static one only.
            linkerSettings: [
                .unsafeFlags(["-static-stdlib"], .when(configuration: .release)),
                .linkedLibrary("m", .when(configuration: .debug)),
            ]),
        .executableTarget(
            name: "sandboa-worker",
            dependencies: ["Kernel", "Wire", "Jail", "CPythonHost"],
            swiftSettings: strict, linkerSettings: oneFile),

        // Tests: a pure module is tested alone; programs are tested by Tests/EndToEnd (pytest).
        tests("NotationTests", uses: ["Notation"]),
        tests("KernelTests", uses: ["Kernel"]),
        tests(
            "PoliciesTests", uses: ["Policies", "Notation"],
            data: ["Classifying/foreign-tools.tsv", "Classifying/published-names.tsv"]),
        tests("LedgerTests", uses: ["Ledger", "Policies", "Notation", "Kernel"]),
        tests("WireTests", uses: ["Wire", "Notation"]),
        tests("MCPTests", uses: ["MCP", "Notation"]),
        tests("JailTests", uses: ["Jail", "Notation", "CSeccomp"]),
        tests("WorkspaceTests", uses: ["Workspace", "Kernel"]),
        tests("CatalogTests", uses: ["Catalog", "Notation", "Policies", "Wire", "Jail"]),
        tests("EngineTests", uses: ["Engine", "Kernel", "Wire", "Notation"]),
        tests(
            "GatewayTests",
            uses: [
                "Gateway", "Notation", "MCP", "Kernel", "Engine", "Catalog", "Jail", "Policies",
                "Ledger",
            ]),
        tests("CommandLineTests", uses: ["sandboa", "Notation", "Engine", "Jail", "Wire"]),
        tests("FuzzTests", uses: ["Policies", "MCP", "Wire", "Notation"]),
        tests("TidyTests", uses: []),
    ],
    cxxLanguageStandard: .cxx17
)
