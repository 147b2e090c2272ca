// What the catalogue declares is what upstream's tools have, and can be checked.

import Foundation
import Jail
import Notation
import Testing

@testable import Catalog

@Suite struct DeclarationTests {
    private static func declaration(_ name: String) throws -> Declaration {
        try #require(Catalog.tool(named: name)).declaration
    }

    @Test func `the catalogue is these tools, in this order`() {
        #expect(Catalog.names == Contract.all.map(\.tool))
        #expect(Set(Catalog.names).count == Catalog.all.count)
        #expect(Catalog.names.contains(Catalog.example))
    }

    @Test(arguments: Contract.all)
    func `a tool is upstream's by name, category and risk`(contract: Contract) throws {
        let declaration = try Self.declaration(contract.tool)
        #expect(declaration.name == contract.tool)
        #expect(declaration.upstream == contract.upstream)
        #expect(declaration.published == contract.category)
        #expect(declaration.risk == contract.risk)
    }

    @Test(arguments: Contract.all)
    func `parameters are upstream's, by name, type, need, default and choices`(
        contract: Contract
    ) throws {
        let input = try Self.declaration(contract.tool).input
        let properties = try #require(input["properties"]?.asObject)
        #expect(properties.keys == contract.parameters.map(\.name))
        for parameter in contract.parameters {
            let property = try #require(properties[parameter.name])
            let types = property["type"]?.asArray ?? [property["type"] ?? .null]
            #expect(types == parameter.types.map { .string($0) })
            #expect(property["default"] == parameter.preset)
            #expect(property["enum"]?.asArray == parameter.choices)
            #expect(property["description"]?.asString?.isEmpty == false)
        }
        let required = contract.parameters.filter(\.isRequired).map(\.name)
        #expect((input["required"]?.asArray ?? []).map(\.asString) == required)
    }

    @Test(arguments: Contract.all)
    func `an unknown parameter is refused by its name`(contract: Contract) throws {
        let declaration = try Self.declaration(contract.tool)
        let schema = try Schema(compiling: declaration.input)
        var arguments = declaration.examples
        arguments["no_such_parameter"] = 1
        let violations = schema.violations(of: .object(arguments))
        #expect(violations.contains { $0.message.contains("no_such_parameter") })
    }

    @Test(arguments: Contract.all)
    func `a default fits the schema, and giving it changes nothing`(contract: Contract) throws {
        let tool = try #require(Catalog.tool(named: contract.tool))
        var arguments: JSONObject = [:]
        for parameter in contract.parameters where parameter.isRequired {
            arguments[parameter.name] = "a"
        }
        var given = arguments
        for parameter in contract.parameters where !parameter.isRequired {
            given[parameter.name] = parameter.preset
        }
        let schema = try Schema(compiling: tool.declaration.input)
        #expect(schema.violations(of: .object(given)).isEmpty)
        var setting = Samples.setting(workspace: "/ws")
        setting.limits.wallMilliseconds = 1000 * (tool.declaration.timeout == .seconds ? 300 : 60)
        let plan = String(reflecting: try tool.plan(arguments, setting))
        #expect(plan == String(reflecting: try tool.plan(given, setting)))
    }

    @Test(arguments: Contract.all)
    func `the hints tell what the categories tell`(contract: Contract) throws {
        let declaration = try Self.declaration(contract.tool)
        #expect(declaration.hints.readOnly == (declaration.effective == .read))
        #expect(!(declaration.hints.readOnly && declaration.hints.destructive))
        #expect(declaration.effects.allSatisfy { $0.category >= declaration.effective })
    }

    @Test(arguments: Contract.all)
    func `a time-out has a unit, a floor, a ceiling, and the profile's value`(
        contract: Contract
    ) throws {
        let declaration = try Self.declaration(contract.tool)
        let property = declaration.input["properties"]?["timeout"]
        #expect((property == nil) == (declaration.timeout == nil))
        guard let property, let unit = declaration.timeout else { return }
        let words = try #require(property["description"]?.asString)
        #expect(words.hasPrefix(unit == .seconds ? "Seconds" : "Milliseconds"))
        #expect(property["minimum"] == 1)
        let limits = try Self.profile(declaration.profile).limits
        let preset = try #require(property["default"]?.asInteger)
        #expect(preset * unit.rawValue == limits.wallMilliseconds)
        #expect(words.contains("(\(limits.wallCeilingMilliseconds / unit.rawValue) unless"))
    }

    @Test func `every declared schema compiles, and a refusal fits each result's`() throws {
        for tool in Catalog.all {
            _ = try Schema(compiling: tool.declaration.input)
            let output = try Schema(compiling: tool.declaration.output)
            let plan = try tool.plan(
                ["code": "1", "file_path": "a", "content": ""], Samples.setting(workspace: "/ws"))
            let refusal = Refusal("not_found", "there is no such thing")
            let reply = tool.reply(to: .refused(refusal), of: plan)
            #expect(reply.isError)
            #expect(reply.text == "not_found: there is no such thing")
            #expect(reply.structured["error"]?["code"] == "not_found")
            #expect(output.violations(of: .object(reply.structured)).isEmpty)
            #expect(!output.violations(of: [:]).isEmpty)
            #expect(!tool.declaration.description.isEmpty)
        }
    }

    @Test func `who has an upstream says where it differs`() {
        for tool in Catalog.all {
            #expect((tool.declaration.upstream == nil) == tool.declaration.divergences.isEmpty)
        }
        let all = Catalog.divergences + Catalog.all.flatMap { $0.declaration.divergences }
        #expect(all.allSatisfy { $0.hasSuffix(".") && !$0.contains("\n") })
    }

    private static func profile(_ name: String) throws -> Profile {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appending(path: "sandbox/profiles/\(name).yaml")
        return try Profile.load(file.path(percentEncoded: false))
    }
}
