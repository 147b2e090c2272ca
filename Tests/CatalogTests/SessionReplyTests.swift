// Replies about sessions and environments.

import Notation
import Testing
import Wire

@testable import Catalog

@Suite struct SessionReplyTests {
    private static let plan = Plan(.sessions(.list), limits: Samples.limits)

    private func reply(_ tool: any Tool.Type, _ answer: SessionAnswer) throws -> Reply {
        let reply = try Samples.reply(tool, .sessions(answer), Self.plan)
        Samples.expectAllFields(of: tool, in: reply)
        return reply
    }

    private func session(
        _ id: String, calls: Int = 2, names: Int? = 3, busy: Bool = false, origin: String? = nil
    ) -> SessionState {
        SessionState(
            id: id, calls: calls, names: names, ageSeconds: 100, idleSeconds: 60,
            secondsLeft: 1740, memoryBytes: 0, snapshots: 1, isBusy: busy, origin: origin)
    }

    private func snapshot(
        _ id: String, label: String? = nil, parent: String? = nil
    ) -> SnapshotState {
        SnapshotState(
            id: id, label: label, session: "s", parent: parent, calls: 1, ageSeconds: 5,
            memoryBytes: 4096)
    }

    @Test func `no sessions is a sentence`() throws {
        let reply = try reply(ListSessions.self, .sessions([]))
        #expect(reply.text == "No active sessions.")
        #expect(reply.structured["sessions"] == [])
    }

    @Test func `sessions are listed with what they hold`() throws {
        let all = [session("a", calls: 1, names: 1), session("b", names: nil, busy: true)]
        let reply = try reply(ListSessions.self, .sessions(all))
        #expect(
            reply.text == """
                Active sessions:
                - a: 1 call, 1 variable, idle for 1m; ends in 29m if nobody uses it
                - b: 2 calls, busy
                """)
        #expect(reply.structured["sessions"]?.asArray?.map { $0["names"] } == [1, .null])
        #expect(reply.structured["sessions"]?.asArray?.first?["memory_bytes"] == .null)
    }

    @Test func `a cleared session is named`() throws {
        let reply = try reply(ClearSession.self, .cleared("a"))
        #expect(reply.text == "Session 'a' is cleared.")
        #expect(reply.structured["session"] == "a")
    }

    @Test func `a snapshot is told with its id and label`() throws {
        let reply = try reply(SessionCheckpoint.self, .checkpoint(snapshot("p", label: "l")))
        #expect(reply.text == "Snapshot p, \"l\", of session 's' after 1 call.")
        #expect(reply.structured["snapshot"]?["memory_bytes"] == 4096)
    }

    @Test func `going back and branching tell session and snapshot`() throws {
        let back = try reply(
            SessionRollback.self, .rolledBack(session("s"), to: snapshot("p")))
        #expect(back.text == "Session 's' is back at snapshot p, of session 's' after 1 call.")
        let branch = try reply(
            SessionBranch.self, .branched(session("t", origin: "p"), from: snapshot("p")))
        #expect(branch.text.hasPrefix("Session 't' goes on from snapshot p, of session 's'"))
        #expect(branch.structured["session"]?["origin"] == "p")
    }

    @Test func `a tree is an outline`() throws {
        let tree = SessionTree(
            snapshots: [
                snapshot("p"), snapshot("q", parent: "p"), snapshot("r", parent: "p"),
                snapshot("o", parent: "gone"),
            ],
            sessions: [session("s", origin: "q"), session("t", origin: "p"), session("u")])
        let lines = try reply(SessionTreeTool.self, .tree(tree)).text.split(separator: "\n")
        #expect(
            lines.map { $0.prefix { $0 != "," && $0 != ":" } } == [
                "Snapshots and sessions", "snapshot p", "  snapshot q", "    session 's'",
                "  snapshot r", "  session 't'", "snapshot o", "session 'u'",
            ])
        let empty = try reply(
            SessionTreeTool.self, .tree(SessionTree(snapshots: [], sessions: [session("s")])))
        #expect(empty.text.hasPrefix("No snapshots yet.\nsession 's': 2 calls"))
    }

    @Test func `a tree that bites its tail is still told whole`() throws {
        let tree = SessionTree(
            snapshots: [snapshot("p", parent: "q"), snapshot("q", parent: "p")],
            sessions: [session("s", origin: "q")])
        let lines = try reply(SessionTreeTool.self, .tree(tree)).text.split(separator: "\n")
        #expect(lines.count == 4)
    }

    // MARK: Environments

    private let system = EnvironmentState(
        name: "system", kind: .system, path: "/usr/bin/python3", version: "3.11.2", fault: nil)
    private let broken = EnvironmentState(
        name: ".venv", kind: .venv, path: "/ws/.venv", version: nil, fault: "no interpreter")

    private func reply(_ tool: any Tool.Type, _ answer: EnvironmentAnswer) throws -> Reply {
        let plan = Plan(.environments(.list), limits: Samples.limits)
        let reply = try Samples.reply(tool, .environments(answer), plan)
        Samples.expectAllFields(of: tool, in: reply)
        return reply
    }

    @Test func `environments are told with version and fault`() throws {
        let reply = try reply(ListPythonEnvironments.self, .environments([system, broken]))
        #expect(
            reply.text == """
                Python environments:

                - Name: system (system)
                  Path: /usr/bin/python3
                  Version: Python 3.11.2

                - Name: .venv (venv)
                  Path: /ws/.venv
                  Version: Python unknown
                  Fault: no interpreter
                """)
        #expect(reply.structured["environments"]?.asArray?.last?["version"] == .null)
        let none = try self.reply(ListPythonEnvironments.self, .environments([]))
        #expect(none.text == "No Python environments found.")
    }

    @Test func `packages are told with their number`() throws {
        let packages = [
            PackageState(name: "demo", version: "1.2"), PackageState(name: "a\nb", version: "0"),
        ]
        let reply = try reply(
            ListInstalledPackages.self, .packages(of: system, packages, notes: ["one is broken"]))
        #expect(
            reply.text == """
                note: one is broken
                2 packages in the environment 'system':
                - demo 1.2
                - a\\u{a}b 0
                """)
        #expect(reply.structured["count"] == 2)
        #expect(reply.structured["notes"] == ["one is broken"])
        let none = try self.reply(ListInstalledPackages.self, .packages(of: system, []))
        #expect(none.text == "No packages are installed in the environment 'system'.")
    }

    @Test func `a list of packages that is too long is cut, and all are counted`() throws {
        let version = String(repeating: "1", count: 100)
        let packages = (0..<5000).map { PackageState(name: "p\($0)", version: version) }
        let reply = try reply(ListInstalledPackages.self, .packages(of: system, packages))
        let shown = reply.structured["packages"]?.asArray?.count ?? 0
        #expect(shown > 1000 && shown < 5000)
        #expect(reply.structured["count"] == 5000)
        #expect(reply.structured["notes"] == [.string("\(shown) of 5000 packages are shown")])
    }
}
