import Notation
import Testing

/// The checker must be able to say no, or what it accepts proves nothing.
@Suite struct SchemaCheckerTests {
    struct Case: Sendable {
        let definition: String
        let revision: String
        let text: String

        init(_ definition: String, _ revision: String, _ text: String) {
            self.definition = definition
            self.revision = revision
            self.text = text
        }
    }

    private func faults(_ text: String, as name: String, _ revision: String) throws -> [String] {
        try SchemaChecker(revision: revision).faults(
            in: JSON(parsing: Array(text.utf8)), as: name)
    }

    @Test(arguments: [
        Case("CallToolResult", "2026-07-28", #"{"content":[]}"#),
        Case("CallToolResult", "2025-11-25", #"{"content":[{"type":"text"}]}"#),
        Case(
            "CallToolResult", "2025-03-26",
            #"{"content":[{"type":"resource_link","uri":"a","name":"b"}]}"#),
        Case("CallToolResult", "2024-11-05", #"{"content":[],"structuredContent":{}}"#),
        Case("CallToolResult", "2025-06-18", #"{"content":[],"isError":"no"}"#),
        Case(
            "ListToolsResult", "2025-03-26",
            #"{"tools":[{"name":"a","title":"A","inputSchema":{"type":"object"}}]}"#),
        Case(
            "ListToolsResult", "2025-11-25",
            #"{"tools":[{"name":"a","inputSchema":{"type":"array"}}]}"#),
        Case(
            "ListToolsResult", "2026-07-28",
            #"{"tools":[],"resultType":"complete","ttlMs":-1,"cacheScope":"public"}"#),
        Case(
            "ListToolsResult", "2026-07-28",
            #"{"tools":[],"resultType":"complete","ttlMs":1,"cacheScope":"mine"}"#),
        Case(
            "JSONRPCErrorResponse", "2026-07-28",
            #"{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":"x"}}"#),
        Case("JSONRPCMessage", "2025-11-25", #"{"jsonrpc":"1.0","id":1,"result":{}}"#),
    ])
    func `a message that breaks its schema is caught`(_ wrong: Case) throws {
        #expect(try faults(wrong.text, as: wrong.definition, wrong.revision) != [])
    }

    @Test func `a sound message passes`() throws {
        let text = #"{"content":[{"type":"text","text":"x"}],"isError":false,"_meta":{"a/b":1}}"#
        #expect(try faults(text, as: "CallToolResult", "2025-06-18") == [])
    }
}
