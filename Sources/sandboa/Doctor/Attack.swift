// An attempt to escape, as a file in sandbox/attacks.
//
//     # name: read the host's password hashes
//     # climbs: root                                the wall that is meant to stop it
//     # ends: FileNotFoundError or PermissionError  how it sounds when that wall does

import Jail
import Kernel
import Notation
import Wire

/// One attempt: a program that ends as foretold, or has got through.
struct Attack: Hashable, Sendable {
    let name: String
    let wall: WallName
    /// Beginnings of what is said when it was stopped.
    let ends: [String]
    let code: String

    static let maximumBytes = 16 * 1024
    static let maximumCount = 200

    struct Mistake: Error, CustomStringConvertible {
        let description: String
    }

    /// How one attempt went.
    struct Result: Hashable, Sendable {
        let attack: Attack
        let isStopped: Bool
        let said: String

        var json: JSON {
            [
                "name": .string(attack.name), "wall": .string(attack.wall.rawValue),
                "stopped": .bool(isStopped), "said": .string(said),
            ]
        }
    }

    init(_ code: String, file: String) throws(Mistake) {
        var fields: [Substring: Substring] = [:]
        for line in code.split(separator: "\n").prefix(while: { $0.hasPrefix("# ") }) {
            let parts = line.dropFirst(2).split(separator: ":", maxSplits: 1)
            if parts.count == 2, ["name", "climbs", "ends"].contains(parts[0]) {
                fields[parts[0]] = parts[1].drop { $0 == " " }
            }
        }
        guard let name = fields["name"], let ends = fields["ends"],
            let wall = fields["climbs"].flatMap({ WallName(rawValue: String($0)) })
        else { throw Mistake(description: "\(file): name, climbs or ends is missing or unknown") }
        self.name = String(name)
        self.wall = wall
        self.ends = Self.alternatives(ends)
        self.code = code
    }

    /// Every attack that came with the installation, in the order of the file names.
    static func all(in directory: String) throws -> [Attack] {
        let names = try Files.names(in: directory).filter { $0.hasSuffix(".py") }.sorted()
        return try names.prefix(maximumCount).map { name in
            let path = "\(directory)/\(name)"
            let bytes = try Files.contents(of: path, limit: maximumBytes)
            return try Attack(String(decoding: bytes, as: UTF8.self), file: path)
        }
    }

    func judge(_ outcome: Outcome) -> Result {
        let said = Self.said(outcome)
        let isStopped = outcome.status != .ok && ends.contains { said.hasPrefix($0) }
        return Result(attack: self, isStopped: isStopped, said: said)
    }

    /// One line: the exception, or the verdict of the kernel.
    private static func said(_ outcome: Outcome) -> String {
        let message: String
        switch outcome.status {
        case .ok: message = "got through: \(outcome.report?.value ?? outcome.output.text)"
        case .error:
            let report = outcome.report
            message =
                "\(report?.errorType ?? "error"): "
                + (report?.errorMessage ?? outcome.cause?.message ?? "")
        default:
            let why = outcome.cause?.message ?? outcome.report?.errorMessage ?? ""
            message = "\(outcome.status.rawValue): \(why)"
        }
        return String(message.split(separator: "\n").first?.prefix(160) ?? "").printable
    }

    private static func alternatives(_ text: Substring) -> [String] {
        var found: [[Substring]] = [[]]
        for word in text.split(separator: " ") {
            if word == "or" { found.append([]) } else { found[found.count - 1].append(word) }
        }
        return found.filter { !$0.isEmpty }.map { $0.joined(separator: " ") }
    }
}
