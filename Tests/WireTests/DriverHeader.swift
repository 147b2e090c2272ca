// The numbers of the worker's C driver, read from its header's text.

import Foundation
import Testing

/// The macros of sbx_frame.h, by name.
struct DriverHeader {
    private let definitions: [String: String]

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appending(path: "Sources/CPythonHost/include/sbx_frame.h")
        var definitions: [String: String] = [:]
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            let match = line.wholeMatch(of: /#define\s+(SBX_\w+)\s+(.+?)\s*(?:\/\*.*)?/)
            if let match { definitions[String(match.output.1)] = String(match.output.2) }
        }
        self.definitions = definitions
    }

    var names: [String] { definitions.keys.sorted() }

    /// The value of a macro: whole numbers, names, `+`, `<<` and parentheses.
    func value(_ name: String) throws -> UInt64 {
        var tokens = try #require(definitions[name], "the header has no \(name)")
            .matches(of: /\w+|<<|[+()]/).map { String($0.output) }[...]
        let value = try sum(&tokens)
        try #require(tokens.isEmpty, "\(name) is not understood")
        return value
    }

    func tag(_ name: String) throws -> UInt16 { UInt16(try value(name)) }

    private func sum(_ tokens: inout ArraySlice<String>) throws -> UInt64 {
        var value = try operand(&tokens)
        while let sign = tokens.first, sign != ")" {
            tokens.removeFirst()
            let right = try operand(&tokens)
            value = sign == "+" ? value + right : value << right
        }
        return value
    }

    private func operand(_ tokens: inout ArraySlice<String>) throws -> UInt64 {
        let first = tokens.popFirst()
        let token = try #require(first)
        if token == "(" {
            let value = try sum(&tokens)
            let last = tokens.popFirst()
            try #require(last == ")")
            return value
        }
        if token.hasPrefix("SBX_") { return try value(token) }
        let digits = token.hasSuffix("u") ? String(token.dropLast()) : token
        if digits.hasPrefix("0x") { return try #require(UInt64(digits.dropFirst(2), radix: 16)) }
        return try #require(UInt64(digits))
    }
}
