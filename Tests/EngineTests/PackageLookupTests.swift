// Who tells the packages of an environment, and what becomes of the answer.

import Foundation
import Kernel
import Notation
import Testing
import Wire

@testable import Engine

@Suite struct PackageLookupTests {
    private static let nothing = RunView(environment: nil, workspace: nil)

    private func listing(_ place: Place, _ name: String) throws -> PackageListing {
        guard
            case .listing(let listing) = try place.search().packages(of: name, seenBy: Self.nothing)
        else { throw EnvironmentRefusal(.unreadable, "a worker would be asked") }
        return listing
    }

    @Test func `what runs cannot see is told by names alone`() throws {
        let place = try Place()
        let packages = [
            "demo-1.2.dist-info", "demo", "Zope.Interface-6.0.dist-info", "old-0.9-py3.11.egg-info",
            "broken.dist-info", "~ip-23.dist-info", "__pycache__", "demo-1.2.egg-info",
        ]
        try place.makeVirtual("workspace/.venv", packages: packages)
        let listing = try listing(place, ".venv")
        #expect(listing.source == .names && listing.environment.name == ".venv")
        #expect(listing.packages.map(\.name) == ["demo", "old", "zope-interface"])
        #expect(listing.packages.map(\.version) == ["1.2", "0.9", "6.0"])
        #expect(listing.total == 5 && listing.notes.count == 2)
    }

    @Test func `none is none, and what cannot be told is no zero`() throws {
        let place = try Place()
        try place.makeVirtual("workspace/empty")
        let none = try listing(place, "empty")
        #expect(none.packages.isEmpty && none.total == 0 && none.notes.isEmpty)
        try place.write("workspace/bare/pyvenv.cfg", "home = /usr/bin\n")
        try place.write("share/sandbox/environments/data.lock", "lock")
        for name in ["bare", "data"] {
            let refusal = #expect(throws: EnvironmentRefusal.self) { try listing(place, name) }
            #expect(refusal?.code == .unreadable)
            #expect(refusal?.reason.contains(name == "data" ? "not built" : "lib can't") == true)
        }
    }

    @Test func `fifty thousand packages are counted, and ten thousand listed`() throws {
        let place = try Place()
        try place.makeVirtual("workspace/.venv")
        let packages = place("workspace/.venv/lib/python3.11/site-packages")
        for number in 0..<50_000 {
            try Files.makeLink("x", at: "\(packages)/p\(number)-1.0.dist-info")
        }
        let listing = try listing(place, ".venv")
        #expect(listing.total == 50_000 && listing.packages.count == 10_000)
        #expect(listing.notes == ["40000 packages more are not listed."])
    }

    @Test func `what runs can see is asked of a worker, at its place inside`() throws {
        let place = try Place()
        try place.write("share/sandbox/environments/data.lock", "lock")
        try place.makeVirtual("home/environments/data")
        try place.write("home/environments/data/sandboa-lock", "lock")
        try place.makeVirtual("workspace/.venv")
        try place.write("share/sandbox/prelude/packages.py", "code")
        let search = place.search()
        let shown = search.environments.packages("data")
        try #require(shown != nil)
        let view = RunView(environment: shown, workspace: place("workspace"))
        let venv = place("workspace/.venv/lib/python3.11/site-packages")
        for (name, inside) in [
            ("system", "null"), ("default", "null"), ("data", #"["/sandbox/environment"]"#),
            (".venv", #"["\#(venv)"]"#),
        ] {
            guard case .question(let question) = try search.packages(of: name, seenBy: view) else {
                Issue.record("\(name) is not asked of a worker")
                continue
            }
            #expect(question.job.code == "code" && !question.job.isScript)
            let context = String(decoding: question.job.context ?? [], as: UTF8.self)
            let wanted = try JSON(parsing: Array(#"{"places":\#(inside),"most":10000}"#.utf8))
            #expect(try JSON(parsing: Array(context.utf8)) == wanted)
        }
        // Another build of it than the one that runs are shown: not seen.
        let other = RunView(environment: "/elsewhere", workspace: "/elsewhere")
        for name in ["data", ".venv"] {
            guard case .listing = try search.packages(of: name, seenBy: other) else {
                Issue.record("\(name) would be asked of a worker that can't see it")
                continue
            }
        }
    }

    @Test func `packages of the Python below are mentioned`() throws {
        let place = try Place()
        try place.makeVirtual("workspace/.venv")
        try place.write(
            "workspace/.venv/pyvenv.cfg",
            "home = /usr/bin\nversion = 3.11.2\ninclude-system-site-packages = true\n")
        #expect(try listing(place, ".venv").notes.count == 1)
    }

    // MARK: The worker's answer

    private func question() throws -> PackageQuestion {
        let place = try Place()
        let search = place.search(share: Place.repository)
        guard
            case .question(let question) = try search.packages(
                of: "system", seenBy: Self.nothing)
        else { throw EnvironmentRefusal(.unreadable, "no question") }
        return question
    }

    private func outcome(
        _ value: String?, status: Outcome.Status = .ok, total: UInt64? = nil
    ) throws -> Outcome {
        var writer = FrameWriter(kind: MessageKind.result)
        writer.add(1, UInt32(status == .ok ? 0 : 1))
        if let value { writer.add(2, value) }
        if let total { writer.add(3, (0..<8).map { UInt8(truncatingIfNeeded: total >> (8 * $0)) }) }
        if status != .ok { writer.add(5, "it broke\u{1B}") }
        return Outcome(
            status: status, report: try RunReport(writer.finished()),
            cause: Outcome.Cause(type: "Timeout", message: "too long"), output: .none,
            errors: .none, usage: Outcome.Usage(), limitMilliseconds: 1)
    }

    @Test func `a whole answer is a listing`() throws {
        let value = #"{"packages": [["demo", "1.2"], ["Six", "1.16"]], "total": 3, "notes": ["x"]}"#
        let listing = try question().listing(from: outcome(value))
        #expect(listing.packages.map(\.name) == ["demo", "Six"] && listing.total == 3)
        #expect(listing.source == .metadata && listing.notes == ["x"])
    }

    @Test(arguments: [
        nil, "", "null", "[]", "{}", #"{"packages": [], "total": -1, "notes": []}"#,
        #"{"packages": [["a", "1"]], "total": 0, "notes": []}"#,
        #"{"packages": [["a", "1"]], "total": 1}"#,
        #"{"packages": [["a", 1]], "total": 1, "notes": []}"#,
        #"{"packages": [["a"]], "total": 1, "notes": []}"#,
        #"{"packages": [["a", "1", "2"]], "total": 1, "notes": []}"#,
        #"{"packages": [["a b", "1"]], "total": 1, "notes": []}"#,
        #"{"packages": [["a\u001b", "1"]], "total": 1, "notes": []}"#,
        #"{"packages": [["", "1"]], "total": 1, "notes": []}"#,
        #"{"packages": [["a", "1"]], "total": 1.5, "notes": []}"#,
        #"{"packages": [["a", "1"]], "total": 1, "notes": []} x"#,
    ])
    func `an answer that makes no sense is no zero`(value: String?) throws {
        let refusal = #expect(throws: EnvironmentRefusal.self) {
            try question().listing(from: outcome(value))
        }
        #expect(refusal?.code == .unreadable)
    }

    @Test func `an answer that was cut, a limit and a failure are no zero`() throws {
        let value = #"{"packages": [], "total": 0, "notes": []}"#
        let question = try question()
        #expect(try question.listing(from: outcome(value)).total == 0)
        for (outcome, code) in [
            (try outcome(value, total: 99), EnvironmentRefusal.Code.unreadable),
            (try outcome(nil, status: .timeout), .limit),
            (try outcome(nil, status: .memory), .limit),
            (try outcome(value, status: .error), .unreadable),
            (try outcome(nil, status: .crashed), .unreadable),
        ] {
            let refusal = #expect(throws: EnvironmentRefusal.self) {
                try question.listing(from: outcome)
            }
            #expect(refusal?.code == code)
            #expect(refusal?.reason.contains("\u{1B}") == false)
        }
    }
}
