// Reading lists of tools, and refusing what is none.

import Testing

@testable import Policies

@Suite struct ToolListReadingTests {
    private func read(_ text: String) throws -> ToolListReading {
        try ToolListReading(parsing: Array(text.utf8))
    }

    @Test(arguments: [
        #"{"tools":[{"name":"a"},{"name":"b"}]}"#,
        #"{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"a"},{"name":"b"}]}}"#,
        #"[{"name":"a"},{"name":"b","unknown":1}]"#,
    ])
    func `a result, a response and an array are read alike`(text: String) throws {
        let list = try read(text)
        #expect(list.tools.map(\.name) == ["a", "b"])
        #expect(!list.isPartial)
    }

    @Test func `everything of a tool is read`() throws {
        let list = try read(
            """
            {"nextCursor":"x","tools":[{"name":"a","description":"d",
            "inputSchema":{"type":"object"},
            "annotations":{"title":"t","readOnlyHint":true,"destructiveHint":false}}]}
            """)
        let tool = try #require(list.tools.first)
        #expect(list.isPartial)
        #expect(tool.title == "t")
        #expect(tool.description == "d")
        #expect(tool.inputSchema == ["type": "object"])
        #expect(tool.hints == ToolHints(isReadOnly: true, isDestructive: false))
    }

    @Test(arguments: [
        ("", "JSON, byte 0"),
        ("3", "expected a tools/list result"),
        ("{}", "tools: missing"),
        (#"{"tools":{}}"#, "tools: expected an array"),
        (#"{"jsonrpc":"2.0","id":1,"result":{}}"#, "result.tools: missing"),
        (#"{"jsonrpc":"2.0","id":1,"method":"x"}"#, "without a result"),
        (#"{"jsonrpc":"2.0","error":{"message":"no\u001b[1m"}}"#, #"no\u{1b}[1m"#),
        (#"[1]"#, "tools[0]: expected an object"),
        (#"[{}]"#, "tools[0].name: missing"),
        (#"[{"name":""}]"#, "tools[0].name: must have 1 to 256 bytes"),
        (#"[{"name":3}]"#, "tools[0].name: expected text"),
        (#"[{"name":"a"},{"name":"a"}]"#, #"tools[1].name: "a" is also the name of tools[0]"#),
        (#"[{"name":"a","inputSchema":[]}]"#, "tools[0].inputSchema: expected an object"),
        (#"[{"name":"a","description":1}]"#, "tools[0].description: expected text"),
        (#"[{"name":"a","annotations":{"readOnlyHint":"yes"}}]"#, "annotations.readOnlyHint"),
        (#"[{"name":"a","name":"b"}]"#, "appears twice"),
    ])
    func `what is no list is refused with the place`(text: String, part: String) {
        let error = #expect(throws: ToolListError.self) { try read(text) }
        #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
    }

    @Test func `too many tools are refused`() {
        let entries = (0...ToolListReading.maxTools).map { "{\"name\":\"t\($0)\"}" }
        #expect(throws: ToolListError.self) { try read("[\(entries.joined(separator: ","))]") }
    }
}
