// Reads a profile strictly: every key known, every limit given, every value in range.

import Notation

/// Turns the YAML of one profile into its value.
struct ProfileReader {
    let path: String
    let root: YAMLNode

    private static let keys = [
        "version", "name", "summary", "filter", "process_list", "fork", "workspace", "slots",
        "templates", "limits",
    ]

    func profile() throws(ProfileError) -> Profile {
        try refuseUnknown(in: root, known: Self.keys)
        let version = try node("version", in: root)
        guard version.asInteger == 1 else {
            throw error(version, "version must be 1, the only one there is")
        }
        let slots = try node("slots", in: root)
        try refuseUnknown(in: slots, known: ["ready", "most"])
        let ready = try count("ready", in: slots, 0...64)
        let templates = try node("templates", in: root)
        try refuseUnknown(in: templates, known: ["forks", "age"])
        return Profile(
            path: path, name: try text("name", in: root), summary: try text("summary", in: root),
            filter: try text("filter", in: root),
            showsProcesses: try choice("process_list", ["none", "own"]) == "own",
            mayFork: try choice("fork", ["refused", "allowed"]) == "allowed",
            workspace: try workspace(),
            readySlots: Int(ready),
            maximumSlots: Int(try count("most", in: slots, max(1, ready)...64)),
            templateForks: Int(try count("forks", in: templates, 1...1_000_000)),
            templateMilliseconds: try age(in: templates),
            limits: try limits())
    }

    private func workspace() throws(ProfileError) -> WorkspaceUse {
        let word = try choice("workspace", WorkspaceUse.allCases.map(\.rawValue))
        guard let use = WorkspaceUse(rawValue: word) else {
            preconditionFailure("a choice is one of those it was given")
        }
        return use
    }

    private func age(in map: YAMLNode) throws(ProfileError) -> Int64 {
        let node = try node("age", in: map)
        do throws(TextError) {
            return try max(1_000, DurationText.milliseconds(node.asText ?? ""))
        } catch {
            throw self.error(node, "age: \(error)")
        }
    }

    private func limits() throws(ProfileError) -> Limits {
        let map = try node("limits", in: root)
        try refuseUnknown(in: map, known: Limits.names.map(\.name))
        var limits = Limits(
            wallMilliseconds: 0, wallCeilingMilliseconds: 0, cpuSeconds: 0, memory: 0,
            addressSpace: 0, processes: 0, openFiles: 0, fileSize: 0, stack: 0, scratch: 0,
            scratchFiles: 0, output: 0, shownCharacters: 0)
        for (name, path) in Limits.names {
            limits[keyPath: path] = try limit(name, try node(name, in: map))
        }
        let wall = try node("wall", in: map)
        guard limits.wallMilliseconds <= limits.wallCeilingMilliseconds else {
            throw error(wall, "wall must not be above wall_ceiling")
        }
        return limits
    }

    private func limit(_ name: String, _ node: YAMLNode) throws(ProfileError) -> Int64 {
        if Limits.unit(of: name) == .count {
            guard let number = node.asInteger else {
                throw error(node, "\(name) must be a whole number, not \(node.kind)")
            }
            return try check(name, number, node)
        }
        let text = node.asText ?? ""
        let value: Int64
        do throws(TextError) {
            value =
                switch Limits.unit(of: name) {
                case .milliseconds: try DurationText.milliseconds(text)
                case .seconds: try DurationText.milliseconds(text) / 1000
                default: try SizeText.bytes(text)
                }
        } catch let problem {
            throw error(node, "\(name): \(problem)")
        }
        return try check(name, value, node)
    }

    private func check(
        _ name: String, _ value: Int64, _ node: YAMLNode
    ) throws(ProfileError) -> Int64 {
        let range = Limits.range(of: name)
        guard range.contains(value) else {
            throw error(node, "\(name) must be from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    // MARK: Fields

    private func node(_ key: String, in map: YAMLNode) throws(ProfileError) -> YAMLNode {
        guard let node = map[key] else { throw error(map, "\(key) is missing") }
        return node
    }

    private func text(_ key: String, in map: YAMLNode) throws(ProfileError) -> String {
        let node = try node(key, in: map)
        guard let text = node.asText, !text.isEmpty else {
            throw error(node, "\(key) must be a text, not \(node.kind)")
        }
        return text
    }

    private func count(
        _ key: String, in map: YAMLNode, _ range: ClosedRange<Int64>
    ) throws(ProfileError) -> Int64 {
        let node = try node(key, in: map)
        guard let value = node.asInteger, range.contains(value) else {
            throw error(
                node, "\(key) must be a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    private func choice(_ key: String, _ known: [String]) throws(ProfileError) -> String {
        let value = try text(key, in: root)
        guard known.contains(value) else {
            let list = known.joined(separator: " or ")
            throw error(try node(key, in: root), "\(key) must be \(list), not '\(value)'")
        }
        return value
    }

    private func refuseUnknown(in map: YAMLNode, known: [String]) throws(ProfileError) {
        guard let entries = map.entries else {
            throw error(map, "expected a map, found \(map.kind)")
        }
        for entry in entries where !known.contains(entry.key) {
            let hint =
                Suggestion.nearest(to: entry.key, among: known)
                .map { "; did you mean '\($0)'?" } ?? ""
            throw ProfileError(
                path: path, place: entry.keyPosition, problem: "unknown key '\(entry.key)'\(hint)")
        }
    }

    private func error(_ node: YAMLNode, _ problem: String) -> ProfileError {
        ProfileError(path: path, place: node.position, problem: problem)
    }
}
