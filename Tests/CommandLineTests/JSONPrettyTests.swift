// JSON laid out for people.

import Notation
import Testing

@testable import sandboa

@Suite struct JSONPrettyTests {
    @Test func `pretty JSON is laid out for people and loses nothing`() throws {
        let value: JSON = [
            "a": [1, "x", nil], "b": [["c": true]], "d": [:], "e": [], "f": .number("1.50"),
        ]
        #expect(
            value.pretty == """
                {
                  "a": [1, "x", null],
                  "b": [
                    {
                      "c": true
                    }
                  ],
                  "d": {},
                  "e": [],
                  "f": 1.50
                }
                """)
        #expect(try JSON(parsing: Array(value.pretty.utf8)) == value)
    }
}
