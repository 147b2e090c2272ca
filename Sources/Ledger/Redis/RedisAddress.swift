// Where a Redis is: `redis://[user:password@]host[:port][/database]`.

internal import Notation

/// The address of a Redis server, and what it wants to hear first.
///
/// INVARIANT: the description, the only text that is ever made of it, has no user and no password.
package struct RedisAddress: Hashable, Sendable, CustomStringConvertible {
    package let host: String
    package let port: UInt16
    package let database: Int
    let user: String?
    let password: String?

    package static let defaultPort: UInt16 = 6379
    private static let form = "redis://[user:password@]host[:port][/database]"

    package var description: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return "redis://\(name):\(port)/\(database)"
    }

    package init(_ text: String) throws(LedgerError) {
        guard let scheme = text.range(ofText: "://") else { throw Self.malformed("has no ://") }
        switch text[..<scheme.lowerBound] {
        case "redis": break
        case "rediss":
            throw Self.malformed("asks for TLS, which is not supported; use a tunnel, or redis")
        default: throw Self.malformed("does not begin with redis")
        }
        var rest = text[scheme.upperBound...]
        (user, password) = try Self.takeCredentials(&rest)
        if let slash = rest.firstIndex(of: "/") {
            let number = rest[rest.index(after: slash)...]
            guard let database = number.isEmpty ? 0 : Int(number), (0...1_000_000) ~= database
            else { throw Self.malformed("has a database that is no number from 0") }
            self.database = database
            rest = rest[..<slash]
        } else {
            database = 0
        }
        (host, port) = try Self.place(rest)
    }

    private static func takeCredentials(
        _ rest: inout Substring
    ) throws(LedgerError) -> (user: String?, password: String?) {
        guard let at = rest.lastIndex(of: "@") else { return (nil, nil) }
        let credentials = rest[..<at]
        rest = rest[rest.index(after: at)...]
        let colon = credentials.firstIndex(of: ":")
        let name = credentials[..<(colon ?? credentials.endIndex)]
        let secret = colon.map { credentials[credentials.index(after: $0)...] }
        guard let user = decoded(name), let password = decoded(secret ?? "") else {
            throw malformed("has a broken % escape in its user or password")
        }
        return (user.isEmpty ? nil : user, password.isEmpty ? nil : password)
    }

    private static func place(
        _ text: Substring
    ) throws(LedgerError) -> (host: String, port: UInt16) {
        var host = text
        var port: Substring?
        if text.first == "[" {
            guard let close = text.firstIndex(of: "]") else { throw malformed("has no ]") }
            host = text[text.index(after: text.startIndex)..<close]
            let behind = text[text.index(after: close)...]
            guard behind.isEmpty || behind.first == ":" else { throw malformed("has no port") }
            port = behind.isEmpty ? nil : behind.dropFirst()
        } else if let colon = text.lastIndex(of: ":") {
            host = text[..<colon]
            port = text[text.index(after: colon)...]
        }
        let refused = host.utf8.contains { $0 <= 0x20 || $0 == 0x7f }
        guard !host.isEmpty, !refused else { throw malformed("names no host") }
        guard let number = port.map({ UInt16($0) }) ?? defaultPort, number > 0 else {
            throw malformed("has a port that is no number from 1 to 65535")
        }
        return (String(host), number)
    }

    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let digits = String(rest.prefix(2)), digits.utf8.count == 2,
                let escaped = Hex.decode(digits)
            else { return nil }
            bytes += escaped
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Never repeats the address: it may hold a password.
    private static func malformed(_ why: String) -> LedgerError {
        LedgerError(.invalid, "the address of the Redis \(why); write \(form)")
    }
}

extension String {
    /// Where a text first occurs.
    fileprivate func range(ofText text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) {
                return start..<index(start, offsetBy: text.count)
            }
            start = index(after: start)
        }
        return nil
    }
}
