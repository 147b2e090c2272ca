// Trees that somebody has prepared: a search ends in time, stays inside, and says what it left out.

import Foundation
import Kernel
import Testing
import Wire

@testable import Engine

@Suite struct HostileSearchTests {
    private func run(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    @Test func `links lead nowhere`() throws {
        let place = try Place()
        try place.makeVirtual("outside/.venv", packages: ["secret-1.0.dist-info"])
        try place.link("workspace/venv", to: place("outside/.venv"))
        try place.link("workspace/all", to: place("outside"))
        try place.link("workspace/self", to: ".")
        try place.makeVirtual("workspace/half")
        try Files.removeTree(place("workspace/half/lib"))
        try place.link("workspace/half/lib", to: place("outside/.venv/lib"))
        try place.write("workspace/cfg/bin/python3")
        try place.link("workspace/cfg/pyvenv.cfg", to: place("outside/.venv/pyvenv.cfg"))
        let all = place.search().list().environments
        #expect(Set(all.map(\.name)) == ["system", "half", "cfg"])
        #expect(all.first { $0.name == "half" }?.fault?.contains("lib can't") == true)
        #expect(all.first { $0.name == "cfg" }?.fault?.contains("no regular file") == true)
        let view = RunView(environment: nil, workspace: nil)
        let refusal = #expect(throws: EnvironmentRefusal.self) {
            try place.search().packages(of: "half", seenBy: view)
        }
        #expect(refusal?.code == .unreadable)
    }

    @Test func `a settings file that is a pipe, a directory or endless is a fault`() throws {
        let place = try Place()
        try place.directory("workspace/pipe")
        try run("/usr/bin/mkfifo", [place("workspace/pipe/pyvenv.cfg")])
        try place.directory("workspace/dir/pyvenv.cfg")
        try place.write("workspace/long/pyvenv.cfg", String(repeating: "home = /x\n", count: 7_000))
        let all = place.search().list().environments
        #expect(all.map(\.name) == ["system", "dir", "long", "pipe"])
        for (environment, reason) in zip(
            all.dropFirst(), ["no regular file", "longer than 64 KiB", "no regular file"])
        {
            #expect(environment.fault?.contains(reason) == true, "\(environment.name)")
        }
    }

    @Test func `names that play with a terminal are spelled out`() throws {
        let place = try Place()
        try place.makeVirtual("workspace/a\u{1B}[31mred\n")
        try place.makeVirtual("workspace/b", python: "/opt/\u{202E}x\u{7}/python")
        let all = place.search().list().environments
        #expect(all.map(\.name) == ["system", "a\\u{1b}[31mred\\u{a}", "b"])
        let fault = all[2].fault ?? ""
        #expect(fault.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
    }

    @Test func `more environments than anybody has are cut, and that is said`() throws {
        let place = try Place()
        for number in 0..<300 {
            try place.write("workspace/e\(number)/pyvenv.cfg", "home = /usr/bin\n")
        }
        let listing = place.search().list()
        #expect(listing.environments.count == SearchBudget.mostEnvironments)
        #expect(listing.notes.count == Notes.most + 1)
        #expect(listing.notes.last == "and 25 more of such notes")
    }

    @Test func `a workspace of very many names is left in time, and that is said`() throws {
        let place = try Place()
        try place.directory("workspace/many")
        for number in 0..<2_000 { try place.link("workspace/many/\(number)", to: "x") }
        try place.makeVirtual("workspace/zz")
        let search = place.search()
        var found = EnvironmentSearch.Found()
        found.budget = SearchBudget(names: 1_000)
        search.findVirtual(in: place("workspace"), &found)
        // What lies higher is looked at first.
        #expect(found.environments.map(\.state.name) == ["zz"])
        #expect(found.notes.all.count == 1 && found.notes.all[0].contains("not all"))
        var late = EnvironmentSearch.Found()
        late.budget = SearchBudget(until: Moment.now)
        search.findVirtual(in: place("workspace"), &late)
        #expect(late.environments.isEmpty && late.notes.all.count == 1)
    }

    @Test func `what cannot be entered is counted`() throws {
        let place = try Place()
        try place.directory("workspace/closed")
        try run("/usr/bin/chmod", ["000", place("workspace/closed")])
        defer { try? run("/usr/bin/chmod", ["755", place("workspace/closed")]) }
        let notes = place.search().list().notes
        #expect(
            notes
                == (Processes.userIdentifier == 0
                    ? [] : ["Directories that can't be looked into: 1."]))
    }

    @Test func `a workspace that is gone is said`() throws {
        let place = try Place()
        let listing = place.search().list()
        #expect(listing.environments.count == 1)
        #expect(listing.notes == ["The workspace can't be looked into: No such file or directory."])
    }
}
