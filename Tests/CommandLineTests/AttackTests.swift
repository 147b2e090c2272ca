// Attack files: what they say, and what counts as stopped.

import Foundation
import Jail
import Testing
import Wire

@testable import sandboa

@Suite struct AttackTests {
    private static let text = """
        # name: read a file
        # climbs: root
        # ends: FileNotFoundError: [Errno 2] or PermissionError or denied
        # A remark with a colon: and more.
        open("/x")
        """

    private func attack() throws -> Attack { try Attack(Self.text, file: "x.py") }

    private func outcome(
        _ status: Outcome.Status, _ type: String? = nil, _ message: String = ""
    ) throws -> Outcome {
        var writer = FrameWriter(kind: MessageKind.result)
        writer.add(1, UInt32(type == nil ? 0 : 1))
        if let type { writer.add(4, type) }
        writer.add(5, message)
        return Outcome(
            status: status, report: try RunReport(writer.finished()),
            cause: Outcome.Cause(type: "Cause", message: "by the kernel"), output: .none,
            errors: .none, usage: Outcome.Usage(), limitMilliseconds: 1)
    }

    @Test func `the first lines say what is tried and how it ends`() throws {
        let attack = try attack()
        #expect(attack.name == "read a file" && attack.wall == .root)
        #expect(attack.ends == ["FileNotFoundError: [Errno 2]", "PermissionError", "denied"])
    }

    @Test(arguments: ["# name: ", "# climbs: ", "# ends: "])
    func `a file that leaves something out is refused`(line: String) {
        let text = Self.text.split(separator: "\n").filter { !$0.hasPrefix(line) }
            .joined(separator: "\n")
        #expect(throws: Attack.Mistake.self) { try Attack(text, file: "x.py") }
    }

    @Test func `only the foretold end counts as stopped`() throws {
        let attack = try attack()
        let told = "[Errno 2] No such file"
        #expect(attack.judge(try outcome(.error, "FileNotFoundError", told)).isStopped)
        #expect(attack.judge(try outcome(.denied)).isStopped)
        // Another reason, another status, a clean end: nobody knows that a wall held.
        #expect(!attack.judge(try outcome(.error, "FileNotFoundError", "[Errno 3] x")).isStopped)
        #expect(!attack.judge(try outcome(.error, "NameError", "name 'os'")).isStopped)
        #expect(!attack.judge(try outcome(.timeout)).isStopped)
        #expect(!attack.judge(try outcome(.ok)).isStopped)
    }

    @Test func `every attack that ships can be read and refuses to run elsewhere`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let attacks = try Attack.all(in: root.appending(path: "sandbox/attacks").path)
        #expect(attacks.count >= 25)
        #expect(Set(attacks.map(\.name)).count == attacks.count)
        for attack in attacks {
            #expect(attack.code.contains(#"if os.uname().nodename != "sandboa":"#))
        }
    }
}
