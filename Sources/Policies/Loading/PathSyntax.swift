// The syntax of paths in our own dialect.

internal import Notation

/// Splits a path into its steps.
struct PathSyntax {
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    static let maxSteps = 32
    static let maxIndex = 1_000_000

    private var rest: Substring.UTF8View

    /// The steps behind the first word, which is `args` or `state`.
    static func steps(of text: String) throws(Problem) -> [ArgumentPath.Step] {
        let start = text.utf8.firstIndex(of: UInt8(ascii: ".")) ?? text.utf8.endIndex
        var syntax = PathSyntax(rest: text.utf8[start...])
        var steps: [ArgumentPath.Step] = []
        while let step = try syntax.next(isFirst: steps.isEmpty) {
            if steps.last == .length { throw Problem(description: "'.length' must stand last") }
            guard steps.count < maxSteps else {
                throw Problem(description: "a path has at most \(maxSteps) steps")
            }
            steps.append(step)
        }
        guard case .key? = steps.first else {
            throw Problem(description: "the path begins with no key")
        }
        return steps
    }

    private mutating func next(isFirst: Bool) throws(Problem) -> ArgumentPath.Step? {
        switch rest.popFirst() {
        case nil: return nil
        case UInt8(ascii: "."):
            if rest.first == UInt8(ascii: "\"") { return .key(try quoted()) }
            let name = rest.prefix { !".[]\"".utf8.contains($0) }
            guard !name.isEmpty else { throw Problem(description: "a step of the path is empty") }
            rest = rest[name.endIndex...]
            let key = String(Substring(name))
            // Behind a step, a length is asked for; more steps behind it are refused above.
            return key == "length" && !isFirst ? .length : .key(key)
        case UInt8(ascii: "["): return try element()
        default: throw Problem(description: "a dot is missing between two steps of the path")
        }
    }

    private mutating func element() throws(Problem) -> ArgumentPath.Step {
        let inside = rest.prefix { $0 != UInt8(ascii: "]") }
        guard inside.endIndex < rest.endIndex else {
            throw Problem(description: "a bracket of the path is not closed")
        }
        rest = rest[inside.endIndex...].dropFirst()
        let text = String(Substring(inside))
        if text == "*" { return .each }
        if text == "?" { return .some }
        guard let index = Int(text), (0...Self.maxIndex).contains(index),
            inside.allSatisfy({ (0x30...0x39).contains($0) })
        else {
            throw Problem(description: "brackets hold *, ? or an index up to \(Self.maxIndex)")
        }
        return .index(index)
    }

    /// A JSON string.
    private mutating func quoted() throws(Problem) -> String {
        var end = rest.index(after: rest.startIndex)
        while end < rest.endIndex, rest[end] != UInt8(ascii: "\"") {
            let isEscape = rest[end] == UInt8(ascii: "\\")
            end = rest.index(after: end)
            if isEscape, end < rest.endIndex { end = rest.index(after: end) }
        }
        guard end < rest.endIndex else {
            throw Problem(description: "a quoted step of the path is not closed")
        }
        let literal = Array(rest[...end])
        rest = rest[rest.index(after: end)...]
        do throws(JSONError) {
            if let key = try JSON(parsing: literal).asString { return key }
        } catch {
            throw Problem(description: "a quoted step of the path: \(error.reason)")
        }
        throw Problem(description: "a quoted step of the path is no text")
    }
}
