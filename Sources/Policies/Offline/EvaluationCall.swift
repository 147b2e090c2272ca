// One call to be judged offline, as a line of a calls file says it.

package import Notation

/// `{"tool", "arguments"?, "at"?, "grant"?, "session"?, "client"?}`
package struct EvaluationCall: Sendable {
    package var tool: String
    package var arguments: JSONObject
    /// nil: at the time of the call before.
    package var at: Instant?
    package var grant: String
    package var session: String
    package var client: String
    /// Members nobody reads: told, in case one is a misspelling.
    package var unknown: [String]

    /// What is wrong with a line.
    package struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
    }

    /// Longest line, in bytes, and its depth.
    package static let limits = JSONLimits(
        maxBytes: 4 << 20, maxDepth: 64, refusesCaseVariants: true)

    private static let members = ["tool", "arguments", "at", "grant", "session", "client"]

    package init(parsing line: [UInt8]) throws(Problem) {
        let value: JSON
        do throws(JSONError) { value = try JSON(parsing: line, limits: Self.limits) } catch {
            throw Problem(description: "\(error)")
        }
        guard let object = value.asObject else {
            throw Problem(description: "a call is a JSON object with `tool` and `arguments`")
        }
        guard let tool = object["tool"]?.asString else {
            throw Problem(description: "`tool` is missing or no text")
        }
        switch object["arguments"] {
        case nil, .null: arguments = [:]
        case .object(let given): arguments = given
        default: throw Problem(description: "`arguments` is no object")
        }
        self.tool = tool
        at = try Self.instant(object["at"])
        grant = try Self.text("grant", of: object)
        session = try Self.text("session", of: object)
        client = try Self.text("client", of: object)
        unknown = object.keys.filter { !Self.members.contains($0) }
    }

    private static func instant(_ value: JSON?) throws(Problem) -> Instant? {
        guard let value, value != .null else { return nil }
        guard let text = value.asString, let time = RFC3339(text), let instant = Instant(time)
        else {
            throw Problem(
                description: "`at` is no time such as 2026-01-15T10:00:00Z: \(value.text)")
        }
        return instant
    }

    private static func text(_ name: String, of object: JSONObject) throws(Problem) -> String {
        guard let value = object[name], value != .null else { return "" }
        guard let text = value.asString else {
            throw Problem(description: "`\(name)` is no text")
        }
        return text
    }
}

extension Instant {
    /// As RFC 3339 has it, `2026-01-15T10:00:00Z`.
    package var text: String {
        let whole = nanoseconds.dividedDown(by: 1_000_000_000)
        let time = RFC3339(
            seconds: whole, nanoseconds: Int32(nanoseconds - whole * 1_000_000_000))
        guard let time else { preconditionFailure("64 bits of nanoseconds end in the year 2262") }
        return time.description
    }

    /// nil: beyond what nanoseconds since 1970 can say (the years 1677 to 2262).
    package init?(_ time: RFC3339) {
        let (whole, tooLarge) = time.seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, overflow) = whole.addingReportingOverflow(Int64(time.nanoseconds))
        if tooLarge || overflow { return nil }
        self.init(nanoseconds: sum)
    }
}
