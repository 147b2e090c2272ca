// What arguments make of a call.

import Catalog
import Notation
import Policies
import Testing

@Suite struct EffectTests {
    static let actions: [(JSONObject, Bool)] = [
        (["action": "delete"], true), (["action": "create"], false), ([:], false),
        (["action": nil], false),
    ]

    @Test(arguments: actions)
    func `a line for values fits those values`(arguments: JSONObject, fits: Bool) {
        let effect = Effect("action", .oneOf(["delete", "remove"]), is: .destructive, says: "")
        #expect(effect.fits(arguments) == fits)
    }

    static let flags: [(JSONObject, Bool)] = [
        (["fix": true], true), (["fix": false], false), (["fix": nil], false), ([:], false),
        (["fix": "no"], true),
    ]

    @Test(arguments: flags)
    func `a flag is given unless it is absent, null or false`(
        arguments: JSONObject, isGiven: Bool
    ) {
        #expect(Effect("fix", .given, is: .write, says: "").fits(arguments) == isGiven)
        #expect(Effect("fix", .absent, is: .write, says: "").fits(arguments) == !isGiven)
    }

    @Test func `running code is what the tool for code does, whatever its arguments`() throws {
        let tool = try #require(Catalog.tool(named: Catalog.example))
        #expect(tool.declaration.category(of: ["code": "1"]) == .execute)
    }
}
