// Guards over who imports whom.

enum LayerGuards {
    /// The targets that `Package.swift` declares, tests left out.
    static func targets(inManifest manifest: String) -> [ManifestTarget] {
        let helper = /module\(\s*"([\w-]+)",\s*uses: \[([^\]]*)\]/
        let literal =
            /\.(?:executableT|t)arget\(\s*name: "([\w-]+)"(?:,\s*dependencies: \[([^\]]*)\])?/
        let library = /\.systemLibrary\(\s*name: "([\w-]+)"/
        func names(_ list: Substring?) -> Set<String> {
            Set((list ?? "").matches(of: /"([\w-]+)"/).map { String($0.output.1) })
        }
        return manifest.matches(of: helper)
            .map { ManifestTarget(name: String($0.output.1), uses: names($0.output.2)) }
            + manifest.matches(of: literal)
            .map { ManifestTarget(name: String($0.output.1), uses: names($0.output.2)) }
            + manifest.matches(of: library)
            .map { ManifestTarget(name: String($0.output.1), uses: []) }
    }

    /// The manifest and the layer table say the same.
    static func manifest(_ text: String, differsFrom layers: [Layer]) -> [Finding] {
        let declared = targets(inManifest: text)
        func finding(_ message: String) -> Finding {
            Finding(path: "Package.swift", line: 0, message: message)
        }
        let unknown = declared.filter { target in !layers.contains { $0.name == target.name } }
            .map { finding("target \($0.name) is not in the layer table") }
        return unknown
            + layers.compactMap { layer in
                guard let target = declared.first(where: { $0.name == layer.name }) else {
                    return finding("target \(layer.name) of the layer table is not declared")
                }
                let difference = target.uses.symmetricDifference(layer.uses).sorted()
                return difference.isEmpty
                    ? nil : finding("\(layer.name) differs from the layer table: \(difference)")
            }
    }

    /// A layer uses only layers listed before it.
    static func upward(_ layers: [Layer]) -> [Finding] {
        var below: Set<String> = []
        return layers.flatMap { layer in
            defer { below.insert(layer.name) }
            return layer.uses.subtracting(below).sorted().map {
                Finding(path: "layer table", line: 0, message: "\(layer.name) uses \($0) above it")
            }
        }
    }

    /// Every import of a shipped file is one that its layer lists.
    static func imports(of file: SourceFile) -> [Finding] {
        guard file.isShipped, file.isSwift, let target = file.target else { return [] }
        guard let layer = Layer.named(target) else {
            return [Finding(path: file.path, line: 0, message: "\(target) is not a layer")]
        }
        return file.importedModules.compactMap { module, line in
            if layer.uses.contains(module) { return nil }
            if Layer.systemModules[module]?.contains(target) == true { return nil }
            return Finding(
                path: file.path, line: line, message: "\(target) must not import \(module)")
        }
    }

    /// A C library has one wrapper file.
    static func sharedLibraries(in files: [SourceFile]) -> [Finding] {
        UnsafePlace.wrappedLibraries.flatMap { library in
            let importers = files.filter { $0.isShipped && $0.isSwift && $0.imports(library) }
            return importers.dropFirst().map {
                Finding(
                    path: $0.path, line: 0,
                    message: "\(library) is wrapped by \(importers[0].path) already")
            }
        }
    }

    /// Only the interpreter's host sees Python's own headers.
    static func pythonHeader(in file: SourceFile) -> [Finding] {
        let isHost =
            file.path.hasPrefix("Sources/CPythonHost/") || file.path == "Sources/CPython/shim.h"
        guard file.isC, !isHost else { return [] }
        return file.lines.enumerated().compactMap { index, line in
            line.contains("#include") && line.contains("Python.h")
                ? Finding(path: file.path, line: index + 1, message: "includes Python.h") : nil
        }
    }
}
