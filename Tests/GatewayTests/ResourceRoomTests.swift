// Resources: each URI has one source, and nothing is read that should not be.

import Engine
import MCP
import Testing

@testable import Gateway

@Suite struct ResourceRoomTests {
    /// Answers with its own prefix, to callers of one grant.
    private struct Shelf: ResourceSource {
        let prefixes: [String]
        var grant = ""
        var bytes = 1

        func listings(for caller: Caller) -> [ResourceListing] {
            prefixes.map { ResourceListing(uri: $0 + "x", name: $0) }
        }

        func templates(for caller: Caller) -> [ResourceTemplateListing] {
            prefixes.map { ResourceTemplateListing(template: $0 + "{name}", name: $0) }
        }

        func read(
            _ uri: String, for caller: Caller, _ cancellation: Cancellation
        ) -> ResourceRead {
            guard caller.grant == grant else { return .notFound }
            guard !uri.hasSuffix("empty") else { return .contents([]) }
            let text = String(repeating: "x", count: bytes) + prefixes[0]
            return .contents([ResourceContents(uri: uri, body: .text(text))])
        }

        func complete(
            _ template: String, _ argument: String, prefix: String, for caller: Caller
        ) -> [String] { [prefix + "!"] }
    }

    private func read(_ room: ResourceRoom, _ uri: String, grant: String = "") -> String {
        var caller = Caller(transport: "test")
        caller.grant = grant
        switch room.read(uri, for: caller, Cancellation()) {
        case .contents(let parts, _):
            if case .text(let text) = parts[0].body { return text }
            return "blob"
        case .notFound: return "not found"
        case .refused(let reason): return reason
        }
    }

    @Test func `the longest prefix has a URI`() {
        let room = ResourceRoom([Shelf(prefixes: ["a://"]), Shelf(prefixes: ["a://b/", "c:"])])
        #expect(read(room, "a://b") == "xa://")
        #expect(read(room, "a://b/c") == "xa://b/")
        #expect(read(room, "c:1") == "xa://b/")
        #expect(read(room, "A://b") == "not found")
        #expect(read(room, "b://a://") == "not found")
        #expect(room.listings(for: Caller(transport: "test")).count == 3)
    }

    @Test func `who asks is looked at each time`() {
        let room = ResourceRoom([Shelf(prefixes: ["a:"], grant: "one")])
        #expect(read(room, "a:1", grant: "one") == "xa:")
        #expect(read(room, "a:1", grant: "two") == "not found")
    }

    @Test func `nothing counts as not there, and too much is refused`() {
        let room = ResourceRoom([Shelf(prefixes: ["a:"], bytes: ResourceRoom.maxReadBytes)])
        #expect(read(room, "a:empty") == "not found")
        #expect(read(room, "a:1").contains("\(ResourceRoom.maxReadBytes) can be read"))
    }

    @Test func `a list has a limit`() {
        let many = (0..<2 * ResourceRoom.maxListed).map { "a\($0):" }
        let room = ResourceRoom([Shelf(prefixes: many)])
        #expect(room.listings(for: .shell).count == ResourceRoom.maxListed)
        #expect(room.templates(for: .shell).count == ResourceRoom.maxListed)
    }

    @Test func `an argument of a template is completed by its source`() throws {
        let room = ResourceRoom([Shelf(prefixes: ["a:"])])
        #expect(try room.complete("a:{name}", "name", prefix: "n", for: .shell) == ["n!"])
        #expect(throws: ProtocolFault.self) {
            try room.complete("a:{name}", "other", prefix: "n", for: .shell)
        }
        #expect(throws: ProtocolFault.unknownTemplate("b:{name}")) {
            try room.complete("b:{name}", "name", prefix: "n", for: .shell)
        }
    }
}
