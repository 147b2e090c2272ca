// A directory of a test's own with made-up environments in it, gone when the test is over.

import Foundation
import Kernel

@testable import Engine

final class Place {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory
            .appending(path: "sandboa-engine-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
        path = url.path(percentEncoded: false)
    }

    deinit {
        do { try FileManager.default.removeItem(atPath: path) } catch {
            print("left behind: \(path): \(error)")
        }
    }

    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file and makes what is missing above it.
    func write(_ name: String, _ text: String = "") throws {
        try makeParent(of: name)
        try Files.replace(self(name), with: Array(text.utf8), mode: 0o755)
    }

    func link(_ name: String, to target: String) throws {
        try makeParent(of: name)
        try Files.makeLink(target, at: self(name))
    }

    func directory(_ name: String) throws { try Files.makeDirectories(self(name), mode: 0o755) }

    private func makeParent(of name: String) throws {
        guard let slash = name.lastIndex(of: "/") else { return }
        try directory(String(name[..<slash]))
    }

    /// A virtual environment as venv makes it, with these packages' metadata directories.
    func makeVirtual(
        _ name: String, version: String = "3.11.2", python: String = "/usr/bin/python3",
        packages: [String] = []
    ) throws {
        let home = python.split(separator: "/").dropLast().joined(separator: "/")
        try write("\(name)/pyvenv.cfg", "home = /\(home)\nversion = \(version)\n")
        try link("\(name)/bin/python3", to: "python")
        try link("\(name)/bin/python", to: python)
        try makeLibrary(name, version, packages)
    }

    /// A whole Python as pyenv builds it.
    func makePython(_ name: String, version: String, packages: [String] = []) throws {
        let series = version.split(separator: ".").prefix(2).joined(separator: ".")
        try write("\(name)/bin/python\(series)", "#!/bin/false\n")
        try link("\(name)/bin/python3", to: "python\(series)")
        try link("\(name)/bin/python", to: "python3")
        try makeLibrary(name, version, packages)
    }

    private func makeLibrary(_ name: String, _ version: String, _ packages: [String]) throws {
        let series = version.split(separator: ".").prefix(2).joined(separator: ".")
        let library = "\(name)/lib/python\(series)/site-packages"
        try directory(library)
        for package in packages { try directory("\(library)/\(package)") }
    }
}
