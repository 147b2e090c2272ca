// What the catalogue declares is what upstream's tool has, and can be checked.

import Notation
import Testing

@testable import Catalog

@Suite struct DeclarationTests {
    private let input = PythonExecute.declaration.input

    /// Upstream's facts: name, type, whether required, default.
    static let facts: [(name: String, type: String, required: Bool, preset: JSON?)] = [
        ("code", "string", true, nil), ("context", "object", false, nil),
        ("timeout", "integer", false, 60_000), ("requirements", "array", false, nil),
    ]

    @Test func `parameters are upstream's, by name, type, need and default`() throws {
        let properties = try #require(input["properties"]?.asObject)
        #expect(properties.keys == Self.facts.map(\.name))
        for fact in Self.facts {
            #expect(properties[fact.name]?["type"] == .string(fact.type))
            #expect(properties[fact.name]?["default"] == fact.preset)
        }
        #expect(input["required"] == .array(Self.facts.filter(\.required).map { .string($0.name) }))
        #expect(input["additionalProperties"] == false)
    }

    @Test func `the name, the category and the risk are upstream's`() {
        let declaration = PythonExecute.declaration
        #expect(declaration.name == "python_execute")
        #expect(declaration.published == .execute)
        #expect(declaration.risk == .high)
    }

    @Test func `every declared schema compiles, and names are unique`() throws {
        for tool in Catalog.all {
            _ = try Schema(compiling: tool.declaration.input)
            _ = try Schema(compiling: tool.declaration.output)
            #expect(!tool.declaration.description.isEmpty)
        }
        #expect(Set(Catalog.names).count == Catalog.all.count)
        #expect(Catalog.names.contains(Catalog.example))
    }

    @Test(arguments: [
        (#"{}"#, "code"), (#"{"code":1}"#, "code"), (#"{"code":"1","timeout":0}"#, "timeout"),
        (#"{"code":"1","timeout":-1e30}"#, "timeout"), (#"{"code":"1","timeout":1.5}"#, "timeout"),
        (#"{"code":"1","timeout":"5"}"#, "timeout"), (#"{"code":"1","context":[]}"#, "context"),
        (#"{"code":"1","requirements":"a"}"#, "requirements"),
        (#"{"code":"1","requirements":[""]}"#, "requirements"),
        (#"{"code":"1","packages":[]}"#, "packages"),
    ])
    func `arguments that do not fit are refused by name`(arguments: String, field: String) throws {
        let schema = try Schema(compiling: input)
        let violations = schema.violations(of: try JSON(parsing: Array(arguments.utf8)))
        #expect(violations.count == 1)
        #expect(violations.first?.message.contains(field) == true)
    }

    @Test(arguments: [
        #"{"code":""}"#, #"{"code":"1","timeout":5.0}"#, #"{"code":"1","timeout":1e400}"#,
        #"{"code":"1","context":{"a":[1,null]},"requirements":["a>=1"]}"#,
    ])
    func `arguments that fit are taken`(arguments: String) throws {
        let schema = try Schema(compiling: input)
        #expect(schema.violations(of: try JSON(parsing: Array(arguments.utf8))).isEmpty)
    }

    @Test func `names and sets select tools, slips are told`() throws {
        for (name, tools) in Catalog.sets {
            #expect(try Catalog.select([name]).map { $0.declaration.name } == tools)
        }
        #expect(try Catalog.select([]).isEmpty)
        let error = #expect(throws: ToolError.self) { try Catalog.select(["python_exceute"]) }
        #expect(error?.description.contains("did you mean 'python_execute'?") == true)
    }
}
