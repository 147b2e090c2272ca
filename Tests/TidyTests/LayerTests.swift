// The layers are what Package.swift and every import say they are.

import Testing

@Suite struct LayerTests {
    private let tree = SourceTree.project

    @Test func `the tree is there to be judged`() {
        #expect(tree.swift.count > 20)
        #expect(tree.shipped.count > 15)
    }

    @Test func `the manifest and the layer table agree`() throws {
        let manifest = try #require(tree.file("Package.swift"))
        let text = manifest.lines.joined(separator: "\n")
        let found = LayerGuards.manifest(text, differsFrom: Layer.all)
        report(found)
    }

    @Test func `a manifest that drifts is noticed`() {
        let layers = [Layer(name: "Low", uses: []), Layer(name: "High", uses: ["Low"])]
        let good = #"module("Low", uses: []), module("High", uses: ["Low"])"#
        #expect(LayerGuards.manifest(good, differsFrom: layers).isEmpty)
        let drifted = #"module("Low", uses: ["High"]), .target(name: "Extra", dependencies: [])"#
        #expect(LayerGuards.manifest(drifted, differsFrom: layers).count == 3)
    }

    @Test func `layers use only what is below them`() {
        let found = LayerGuards.upward(Layer.all)
        report(found)
        let cycle = [Layer(name: "A", uses: ["B"]), Layer(name: "B", uses: ["A"])]
        #expect(LayerGuards.upward(cycle).count == 1)
    }

    @Test func `files import only what their layer lists`() {
        let found = tree.shipped.flatMap(LayerGuards.imports)
        report(found)
    }

    @Test(arguments: [
        "import Foundation", "import Dispatch", "package import Gateway", "import struct MCP.Era",
        "@testable import Engine", "import Glibc", "import Synchronization",
    ])
    func `a forbidden import is noticed`(line: String) {
        let text = "// For a test.\n\(line)"
        let file = SourceFile(path: "Sources/Policies/Sample.swift", text: text)
        #expect(LayerGuards.imports(of: file).count == 1)
    }

    @Test func `a listed import, or one in a comment, is fine`() {
        let text = "package import Notation\n// import Foundation\nlet x = \"import Foundation\""
        let file = SourceFile(path: "Sources/Policies/Sample.swift", text: text)
        #expect(LayerGuards.imports(of: file).isEmpty)
    }

    @Test func `a C library has one wrapper`() {
        let found = LayerGuards.sharedLibraries(in: tree.files)
        report(found)
        let twice = ["A", "B"].map {
            SourceFile(path: "Sources/Notation/\($0).swift", text: "import CYAML")
        }
        #expect(LayerGuards.sharedLibraries(in: twice).map(\.path) == ["Sources/Notation/B.swift"])
    }

    @Test func `only the interpreter's host includes Python's headers`() {
        let found = tree.files.flatMap(LayerGuards.pythonHeader)
        report(found)
        let stray = SourceFile(path: "Sources/CKernel/a.c", text: "#include <Python.h>")
        #expect(LayerGuards.pythonHeader(in: stray).count == 1)
    }
}
