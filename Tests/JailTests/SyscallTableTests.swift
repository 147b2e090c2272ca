// The table of system calls is read strictly; a mistake in it has a place and a reason.

import Foundation
import Notation
import Testing

@testable import Jail

@Suite struct SyscallTableTests {
    /// The smallest table that is complete, as pieces to break one at a time.
    static func table(
        head: String = #""format":1,"architecture":"x86_64""#,
        covers: String = "[[0,2]]", needs: String = #"["open"]"#,
        files: String = #"{"read":0,"write":1}"#, open: String = #""action":"EPERM""#,
        extra: String = "",
        variants: String = #"{"a":{"why":"w","changes":[]}}"#
    ) throws -> JSON {
        let text = """
            {\(head),"covers":\(covers),"default":"ENOSYS","foreign":"kill",
             "zygote_needs":\(needs),"variants":\(variants),"groups":[
             {"name":"files","why":"w","calls":\(files),"action":"allow"},
             {"name":"opening","why":"w","calls":{"open":2},\(open)}\(extra)]}
            """
        return try JSON(parsing: Array(text.utf8))
    }

    private func expectRefusal(
        of json: JSON, saying parts: [String], _ location: SourceLocation = #_sourceLocation
    ) {
        do {
            _ = try SyscallTable(loading: json)
            Issue.record("was accepted", sourceLocation: location)
        } catch {
            for part in parts {
                #expect("\(error)".contains(part), sourceLocation: location)
            }
        }
    }

    @Test func `a small complete table loads`() throws {
        let table = try SyscallTable(loading: Self.table())
        #expect(table.syscalls.map(\.name) == ["read", "write", "open"])
        #expect(table.zygoteNeeds == [2])
        #expect(try table.rulings(for: "a")[2] == .always(.refuse(.EPERM)))
    }

    @Test func `the shipped table has every number once`() {
        let numbers = TableFile.table.syscalls.map(\.number)
        #expect(numbers == Array(0...334) + Array(424...469))
        #expect(Set(TableFile.table.syscalls.map(\.name)).count == numbers.count)
    }

    @Test(arguments: [
        ("pwrite64: 18,", "pwrite64: 17,", "calls.pwrite64: number 17 is pread64"),
        ("otherwise: ENOTTY", "otherwise: ENOTTTY", "otherwise: ENOTTTY is no action"),
        ("argument: 4, bits: 64", "argument: 4, bits: 46", "bits: must be 64"),
        ("foreign: kill", "foreign: [kill", "is no YAML"),
    ])
    func `an error in the file comes with its line`(
        right: String, wrong: String, complaint: String
    ) throws {
        let text = String(decoding: TableFile.text, as: UTF8.self)
        try #require(text.contains(right))
        let broken = text.replacingOccurrences(of: right, with: wrong)
        let lines = broken.split(separator: "\n", omittingEmptySubsequences: false)
        let line = try #require(lines.firstIndex { $0.contains(wrong) }) + 1
        do {
            _ = try SyscallTable(parsing: Array(broken.utf8))
            Issue.record("was accepted")
        } catch {
            #expect("\(error)".contains(complaint))
            // libyaml notices an open bracket only where the next thing can't follow.
            let place = try #require(error.position).line
            #expect(complaint == "is no YAML" ? place >= line : place == line, "\(error)")
        }
    }

    @Test func `a number without a ruling is refused`() throws {
        expectRefusal(
            of: try Self.table(covers: "[[0,3]]"), saying: ["covers", "no group lists number 3"])
    }

    @Test func `a number outside the covered ranges is refused`() throws {
        expectRefusal(
            of: try Self.table(covers: "[[0,1]]"), saying: ["covers", "open, number 2"])
    }

    @Test func `a number with two rulings is refused with both names`() throws {
        expectRefusal(
            of: try Self.table(files: #"{"read":0,"write":0}"#),
            saying: ["groups[0].calls.write", "number 0 is read"])
    }

    @Test func `a name with two numbers is refused`() throws {
        let extra = #",{"name":"more","why":"w","calls":{"open":3},"action":"kill"}"#
        expectRefusal(
            of: try Self.table(covers: "[[0,3]]", extra: extra),
            saying: ["groups[2].calls.open", "listed twice"])
    }

    @Test func `a number that contradicts libseccomp is refused with both numbers`() throws {
        expectRefusal(
            of: try Self.table(files: #"{"write":0,"read":1}"#),
            saying: ["groups[0].calls.write", "the table says 0, libseccomp says 1"])
    }

    @Test func `a call of another architecture is refused`() throws {
        expectRefusal(
            of: try Self.table(files: #"{"read":0,"socketcall":1}"#),
            saying: ["groups[0].calls.socketcall", "x86_64 has no call"])
    }

    @Test(arguments: [
        (#""action":"EPREM""#, "EPREM is no action"),
        (#""rules":[]"#, "otherwise is missing"),
        (#""rules":[],"otherwise":"kill""#, "rules: is empty"),
        (#""otherwise":"kill""#, "belongs to rules"),
        (#""action":"kill","rules":[],"otherwise":"kill""#, "otherwise instead of action"),
        (#""action":"kill","acton":"allow""#, "acton: is not a key here"),
    ])
    func `a ruling that is misspelled or ambiguous is refused`(
        ruling: String, complaint: String
    ) throws {
        expectRefusal(of: try Self.table(open: ruling), saying: ["groups[1]", complaint])
    }

    @Test(arguments: [
        (#"{"argument":6,"equals":0}"#, "integer from 0 to 5"),
        (#"{"argument":-1,"equals":0}"#, "integer from 0 to 5"),
        (#"{"argument":1}"#, "either equals or among"),
        (#"{"argument":1,"equals":0,"among":{"A":1}}"#, "either equals or among"),
        (#"{"argument":1,"among":{}}"#, "is empty"),
        (#"{"argument":1,"among":{"A":1,"B":1}}"#, "in the list twice"),
        (#"{"argument":1,"mask":0,"equals":0}"#, "compares nothing"),
        (#"{"argument":1,"mask":6,"equals":1}"#, "outside the mask"),
        (#"{"argument":1,"equals":4294967296}"#, "integer from 0 to 4294967295"),
        (#"{"argument":1,"bits":32,"equals":0}"#, "must be 64"),
        (#"{"argument":1,"bits":64,"mask":1,"equals":0}"#, "goes with equals only"),
        (#"{"equals":1}"#, "argument is missing"),
    ])
    func `a condition that can't mean what it says is refused`(
        condition: String, complaint: String
    ) throws {
        let rules = #""rules":[{"action":"allow","when":[\#(condition)]}],"otherwise":"kill""#
        expectRefusal(
            of: try Self.table(open: rules), saying: ["groups[1].rules[0].when[0]", complaint])
    }

    @Test(arguments: [
        (#"{}"#, "no profile could start"),
        (#"{"a":{"why":"w","extends":"b","changes":[]}}"#, "does not exist"),
        (
            #"{"a":{"why":"w","extends":"b","changes":[]},"#
                + #""b":{"why":"w","extends":"a","changes":[]}}"#,
            "or itself"
        ),
        (
            #"{"a":{"why":"w","changes":[{"calls":["close"],"why":"w","action":"kill"}]}}"#,
            "no group"
        ),
        (
            #"{"a":{"why":"w","changes":[{"calls":["read"],"why":"w","action":"allow"}]}}"#,
            "nothing"
        ),
        (
            #"{"a":{"why":"w","changes":[{"calls":["read"],"why":"w","action":"kill"},"#
                + #"{"calls":["read"],"why":"w","action":"EPERM"}]}}"#, "changed before"
        ),
        (#"{"a":{"changes":[]}}"#, "why is missing"),
    ])
    func `a variant that changes nothing or nobody is refused`(
        variants: String, complaint: String
    ) throws {
        expectRefusal(of: try Self.table(variants: variants), saying: ["variants", complaint])
    }

    @Test func `a variant starts from the one it extends, whatever their order`() throws {
        let table = try SyscallTable(
            loading: Self.table(
                variants: """
                    {"b":{"why":"w","extends":"a","changes":
                       [{"calls":["write"],"why":"w","action":"kill"}]},
                     "a":{"why":"w","changes":[{"calls":["read"],"why":"w","action":"EPERM"}]}}
                    """))
        let rulings = try table.rulings(for: "b")
        #expect(rulings[0] == .always(.refuse(.EPERM)))
        #expect(rulings[1] == .always(.kill))
        #expect(try table.rulings(for: "a")[1] == .always(.allow))
    }

    @Test(arguments: [
        (#""format":2,"architecture":"x86_64""#, "format: must be 1"),
        (#""format":1,"architecture":"aarch64""#, "architecture: aarch64 is not supported"),
        (#""format":1"#, "architecture is missing"),
        (#""format":1,"architecture":"x86_64","color":1"#, "color: is not a key here"),
    ])
    func `a file this version can't read is refused`(head: String, complaint: String) throws {
        expectRefusal(of: try Self.table(head: head), saying: [complaint])
    }

    @Test func `a zygote that needs an unlisted call is refused`() throws {
        expectRefusal(
            of: try Self.table(needs: #"["close"]"#), saying: ["zygote_needs[0]", "close"])
    }
}
