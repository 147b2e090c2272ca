// How Go prints a JSON value with `%v`, because that is how Intercept compares values of
// different kinds: every number is a double (1e+06), lists are `[a b]`, objects `map[k:v]` with
// sorted keys, null is `<nil>`.

internal import Notation

/// Writes Go's text of a value, up to a size.
///
/// INVARIANT: every level and every element costs at least one byte, so `most` bounds the work.
struct GoText {
    private(set) var bytes: [UInt8] = []
    /// The text grew longer than asked for, or deeper than any parsed value.
    private(set) var isTooLong = false
    private let most: Int
    /// Values of a policy file keep the digits of their integers; those of a call are doubles.
    private let isFromPolicy: Bool

    private init(most: Int, isFromPolicy: Bool) {
        self.most = most
        self.isFromPolicy = isFromPolicy
    }

    /// The text of a value that stands in a policy.
    static func ofPolicy(_ value: JSON) -> String {
        var text = GoText(most: .max, isFromPolicy: true)
        text.append(value, depth: 0)
        return String(decoding: text.bytes, as: UTF8.self)
    }

    /// Whether the text of a call's value is `wanted`.
    static func of(_ value: JSON, is wanted: String) -> Bool {
        switch value {
        case .string(let text): return text.hasSameBytes(as: wanted)
        case .null: return wanted.hasSameBytes(as: "<nil>")
        case .bool(let value): return wanted.hasSameBytes(as: value ? "true" : "false")
        case .array where !wanted.utf8.starts(with: "[".utf8): return false
        case .object where !wanted.utf8.starts(with: "map[".utf8): return false
        default: break
        }
        var text = GoText(most: wanted.utf8.count, isFromPolicy: false)
        text.append(value, depth: 0)
        return !text.isTooLong && text.bytes.elementsEqual(wanted.utf8)
    }

    private mutating func append(_ value: JSON, depth: Int) {
        guard depth <= JSONLimits.deepestDepth, bytes.count <= most else {
            isTooLong = true
            return
        }
        switch value {
        case .null: bytes += "<nil>".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .string(let text): append(text)
        case .integer(let value):
            bytes += (isFromPolicy ? "\(value)" : Self.number(Double(value))).utf8
        case .number(let text): append(number: text)
        case .array(let elements):
            bytes += "[".utf8
            for (place, element) in elements.enumerated() where !isTooLong {
                if place > 0 { bytes += " ".utf8 }
                append(element, depth: depth + 1)
            }
            bytes += "]".utf8
        case .object(let object): append(object, depth: depth)
        }
    }

    private mutating func append(_ text: String) {
        guard text.utf8.count <= most - bytes.count else {
            isTooLong = true
            return
        }
        bytes += text.utf8
    }

    private mutating func append(number text: String) {
        let isInteger = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2D }
        if isInteger && isFromPolicy { return append(text) }
        guard let value = Double(text), value.isFinite else { return append(text) }
        bytes += Self.number(value).utf8
    }

    private mutating func append(_ object: JSONObject, depth: Int) {
        // Each member prints a colon at least: too many need not be sorted.
        guard object.count <= most - bytes.count else {
            isTooLong = true
            return
        }
        bytes += "map[".utf8
        let keys = object.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        for (place, key) in keys.enumerated() where !isTooLong {
            if place > 0 { bytes += " ".utf8 }
            append(key)
            bytes += ":".utf8
            append(object[key] ?? .null, depth: depth + 1)
        }
        bytes += "]".utf8
    }

    /// A finite double: its shortest digits, with an exponent below 1e-04 and from 1e+06 on.
    static func number(_ value: Double) -> String {
        var digits: [UInt8] = []
        var pointAt: Int?
        var power = 0
        let text = value.magnitude.description
        let mantissa = text.utf8.prefix { $0 != UInt8(ascii: "e") }
        if mantissa.count < text.utf8.count {
            power = Int(text.dropFirst(mantissa.count + 1)) ?? 0
        }
        for byte in mantissa {
            if byte == UInt8(ascii: ".") { pointAt = digits.count } else { digits.append(byte) }
        }
        let zero = UInt8(ascii: "0")
        let leading = digits.prefix { $0 == zero }.count
        var exponent = (pointAt ?? digits.count) + power - leading - 1
        digits.removeFirst(leading)
        while digits.last == zero { digits.removeLast() }
        if digits.isEmpty { (digits, exponent) = ([zero], 0) }
        let sign = value.sign == .minus ? "-" : ""
        return sign + laidOut(digits, exponent: exponent)
    }

    /// `digits` is d.ddd, times 10 to the power of `exponent`.
    private static func laidOut(_ digits: [UInt8], exponent: Int) -> String {
        let text = String(decoding: digits, as: UTF8.self)
        switch exponent {
        case 0..<6:
            let zeros = String(repeating: "0", count: max(0, exponent + 1 - digits.count))
            let fraction = text.dropFirst(exponent + 1)
            return text.prefix(exponent + 1) + zeros + (fraction.isEmpty ? "" : "." + fraction)
        case -4..<0:
            return "0." + String(repeating: "0", count: -exponent - 1) + text
        default:
            let fraction = text.dropFirst()
            let power = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
            return text.prefix(1) + (fraction.isEmpty ? "" : "." + fraction)
                + (exponent < 0 ? "e-" : "e+") + power
        }
    }
}
