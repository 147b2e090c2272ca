import Notation
import Testing

/// The checker must be able to say no, or what it accepts proves nothing.
@Suite struct SchemaCheckerTests {
    private func faults(_ text: String, as name: String, _ revision: String) throws -> [String] {
        try SchemaChecker(revision: revision).faults(
            in: JSON(parsing: Array(text.utf8)), as: name)
    }

    @Test(arguments: [
        (#"{"content":[]}"#, "CallToolResult", "2026-07-28"),
        (#"{"content":[{"type":"text"}]}"#, "CallToolResult", "2025-11-25"),
        (#"{"content":[{"type":"resource_link","uri":"a","name":"b"}]}"#, "CallToolResult", "2025-03-26"),
        (#"{"content":[],"structuredContent":{}}"#, "CallToolResult", "2024-11-05"),
        (#"{"content":[],"isError":"no"}"#, "CallToolResult", "2025-06-18"),
        (#"{"tools":[{"name":"a","title":"A","inputSchema":{"type":"object"}}]}"#, "ListToolsResult", "2025-03-26"),
        (#"{"tools":[{"name":"a","inputSchema":{"type":"array"}}]}"#, "ListToolsResult", "2025-11-25"),
        (#"{"tools":[],"resultType":"complete","ttlMs":-1,"cacheScope":"public"}"#, "ListToolsResult", "2026-07-28"),
        (#"{"tools":[],"resultType":"complete","ttlMs":1,"cacheScope":"mine"}"#, "ListToolsResult", "2026-07-28"),
        (#"{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":"x"}}"#, "JSONRPCErrorResponse", "2026-07-28"),
        (#"{"jsonrpc":"1.0","id":1,"result":{}}"#, "JSONRPCMessage", "2025-11-25"),
    ])
    func `a message that breaks its schema is caught`(
        text: String, name: String, revision: String
    ) throws {
        #expect(try faults(text, as: name, revision) != [])
    }

    @Test func `a sound message passes`() throws {
        let text = #"{"content":[{"type":"text","text":"x"}],"isError":false,"_meta":{"a/b":1}}"#
        #expect(try faults(text, as: "CallToolResult", "2025-06-18") == [])
    }
}
