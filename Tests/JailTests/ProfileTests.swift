// Profiles are read strictly: what is wrong has a line, a column and advice.

import Foundation
import Notation
import Testing

@testable import Jail

@Suite struct ProfileTests {
    static let shipped = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "sandbox/profiles/compute.yaml").path(percentEncoded: false)

    static let lines: [String] = {
        do {
            let text = try String(contentsOfFile: shipped, encoding: .utf8)
            return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        } catch { fatalError("\(error)") }
    }()

    /// The number of the only line that sets the key, from 0.
    static func line(of key: String) throws -> Int {
        try #require(
            lines.firstIndex { $0.drop { $0 == " " }.hasPrefix("\(key):") }, "no line sets \(key)")
    }

    static func read(_ lines: [String]) throws -> Profile {
        let text = lines.joined(separator: "\n")
        return try ProfileReader(path: "p.yaml", root: YAML.load(Array(text.utf8))).profile()
    }

    /// The error that one changed line leads to.
    static func error(_ key: String, _ line: String?) throws -> ProfileError? {
        var lines = lines
        let index = try self.line(of: key)
        if let line { lines[index] = line } else { lines.remove(at: index) }
        return #expect(throws: ProfileError.self) { try read(lines) }
    }

    static let scalars =
        [
            "version", "name", "summary", "filter", "process_list", "fork", "workspace", "ready",
            "most", "forks",
        ]
        + ["age"] + Limits.names.map(\.name)

    @Test func `the shipped profile says what it should`() throws {
        let profile = try Profile.load(Self.shipped)
        #expect(profile.path == Self.shipped)
        #expect(profile.name == "compute")
        #expect(profile.filter == "compute")
        #expect(!profile.mayFork)
        #expect(profile.workspace == .none)
        #expect(profile.limits.wallMilliseconds == 60_000)
        #expect(profile.limits.wallCeilingMilliseconds == 600_000)
        #expect(profile.limits.memory == 512 << 20)
        #expect(profile.limits.shownCharacters == 20_000)
        #expect(profile.readySlots <= profile.maximumSlots)
    }

    @Test func `the other shipped profile opens what it says`() throws {
        let path = Self.shipped.replacing("compute.yaml", with: "interpreter.yaml")
        let profile = try Profile.load(path)
        #expect(profile.name == "interpreter")
        #expect(profile.filter == "interpreter")
        #expect(profile.mayFork)
        #expect(profile.workspace == .write)
        #expect(Profile.polledMemoryBytes(profile.limits) > profile.limits.memory)
    }

    @Test func `a profile that is not there is an error with its path`() {
        let error = #expect(throws: ProfileError.self) { try Profile.load("/nonexistent.yaml") }
        #expect(
            error?.description == "/nonexistent.yaml: cannot be read: No such file or directory")
    }

    @Test func `text that is no YAML has a place`() {
        let error = #expect(throws: YAMLError.self) { try Self.read(["version: [1"]) }
        #expect(error?.position.line == 2)
    }

    @Test(arguments: scalars)
    func `a missing key is named`(key: String) throws {
        let error = try #require(try Self.error(key, nil))
        #expect(error.problem == "\(key) is missing")
        #expect(error.place != nil)
    }

    @Test(arguments: ["slots", "templates", "limits"])
    func `a missing section is named`(key: String) throws {
        var lines = Self.lines
        let start = try Self.line(of: key)
        lines.remove(at: start)
        while start < lines.count, lines[start].hasPrefix(" ") || lines[start].isEmpty {
            lines.remove(at: start)
        }
        let error = #expect(throws: ProfileError.self) { try Self.read(lines) }
        #expect(error?.problem == "\(key) is missing")
    }

    @Test(arguments: scalars)
    func `an unknown key has its place, and the one that was meant`(key: String) throws {
        let index = try Self.line(of: key)
        let indent = Self.lines[index].prefix { $0 == " " }
        let changed = Self.lines[index].replacing("\(key):", with: "\(key)x:", maxReplacements: 1)
        let error = try #require(try Self.error(key, changed))
        #expect(error.problem == "unknown key '\(key)x'; did you mean '\(key)'?")
        #expect(
            error.description
                == "p.yaml:\(index + 1):\(indent.count + 1): unknown key '\(key)x'; "
                + "did you mean '\(key)'?")
    }

    @Test(arguments: [
        ("version", "version: 2", 10, "version must be 1, the only one there is"),
        ("version", "version: '1'", 10, "version must be 1, the only one there is"),
        ("name", "name: []", 7, "name must be a text, not "),
        ("name", "name: ''", 7, "name must be a text, not "),
        ("fork", "fork: maybe", 7, "fork must be refused or allowed, not 'maybe'"),
        ("workspace", "workspace: all", 12, "workspace must be none or read or write, not 'all'"),
        ("process_list", "process_list: all", 15, "process_list must be none or own, not 'all'"),
        ("ready", "  ready: 65", 10, "ready must be a number from 0 to 64"),
        ("ready", "  ready: 2.5", 10, "ready must be a number from 0 to 64"),
        ("most", "  most: 3", 9, "most must be a number from 4 to 64"),
        ("forks", "  forks: 0", 10, "forks must be a number from 1 to "),
        ("age", "  age: 30", 8, "age: "),
        ("wall", "  wall: 11m", 9, "wall must not be above wall_ceiling"),
        ("wall", "  wall: 0s", 9, "wall must be from 1 to "),
        ("wall", "  wall: soon", 9, "wall: 'soon' is no duration; write whole numbers with"),
        ("wall", "  wall: 60", 9, "wall: '60' is no duration; write whole numbers with"),
        ("cpu", "  cpu: 500ms", 8, "cpu must be from 1 to 86400"),
        ("memory", "  memory: 1MiB", 11, "memory must be from 33554432 to "),
        ("memory", "  memory: 512", 11, "memory must be from 33554432 to "),
        ("memory", "  memory: lots", 11, "memory: 'lots' "),
        ("processes", "  processes: 0", 14, "processes must be from 1 to 4096"),
        ("processes", "  processes: many", 14, "processes must be a whole number, not "),
        ("shown", "  shown: 1000001", 10, "shown must be from 1 to 1000000"),
    ])
    func `a value that cannot be has its place and what would be right`(
        key: String, line: String, column: Int, problem: String
    ) throws {
        let error = try #require(try Self.error(key, line))
        #expect(error.problem.hasPrefix(problem), "\(error.problem)")
        #expect(error.place?.line == (try Self.line(of: key)) + 1)
        #expect(error.place?.column == column)
    }

    @Test(arguments: ["limits", "slots"])
    func `a section that is no map is an error`(key: String) throws {
        let error = #expect(throws: ProfileError.self) {
            try Self.read(["version: 1", "limits: 5", "slots: 5"])
        }
        #expect(error?.problem.hasPrefix("expected a map, found ") == true)
    }

    // MARK: From a profile to numbers

    @Test func `every limit of the kernel is set once`() throws {
        let profile = try Profile.load(Self.shipped)
        for asRoot in [true, false] {
            let limits = profile.kernelLimits(asRoot: asRoot)
            #expect(Set(limits.map(\.resource)).count == limits.count)
            // CPU time counts from a process's start: each worker sets its own.
            #expect(!limits.contains { $0.resource == .cpuSeconds })
            #expect(limits.count == 12)
        }
    }

    @Test func `an ordinary user's count of processes makes room for ours`() throws {
        let profile = try Profile.load(Self.shipped)
        func processes(_ asRoot: Bool) -> UInt64? {
            profile.kernelLimits(asRoot: asRoot).first { $0.resource == .processes }?.value
        }
        #expect(processes(true) == 64)
        #expect(processes(false) == 68)
        #expect(profile.groupProcesses == 68)
        #expect(profile.groupMemoryBytes > profile.limits.memory + profile.limits.scratch)
    }

    @Test func `what a result tells of the limits is what holds`() throws {
        let profile = try Profile.load(Self.shipped)
        let told = profile.limits.described
        #expect(told["wall_ms"] == 60_000)
        #expect(told["memory_bytes"] == .integer(profile.limits.memory))
        #expect(told["processes"] == 64)
    }
}
