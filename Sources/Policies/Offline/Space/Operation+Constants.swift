// What an operator compares with, and what else equals that.

internal import Notation

extension Condition.Operation {
    /// The values the operator names.
    var constants: [JSON] {
        switch self {
        case .eq(let value), .neq(let value), .lt(let value), .lte(let value), .gt(let value),
            .gte(let value), .same(let value):
            [value]
        case .contains(let value): value.asString == nil ? [] : [value]
        case .isIn(let values), .notIn(let values): values
        case .regex, .exists, .prefix, .suffix, .glob, .pathWithin, .hostIn, .cidr, .type: []
        }
    }

    /// What a list must have.
    var contained: JSON? {
        if case .contains(let value) = self { value } else { nil }
    }
}

extension JSON {
    /// Texts that may equal the value: its own, JSON's and Go's.
    var texts: [String] {
        if case .string(let text) = self { return [text] }
        return [text, GoText.ofPolicy(self)]
    }

    /// The value as a number: itself, or what its text spells.
    var asNumberOrItsText: JSON? {
        switch self {
        case .integer, .number: return self
        case .string(let text):
            guard text.utf8.count <= ScaledDecimal.maxDigits else { return nil }
            do throws(JSONError) {
                let value = try JSON(parsing: Array(text.utf8))
                return DecimalNumber(value) == nil ? nil : value
            } catch {
                return nil
            }
        default: return nil
        }
    }

    /// Lists that may equal the value: Go prints a list of one text and a list of its words alike.
    var lists: [[JSON]] {
        switch self {
        case .array(let elements):
            return [elements, [.string(String(GoText.ofPolicy(self).dropFirst().dropLast()))]]
        case .string(let text):
            guard text.hasPrefix("["), text.hasSuffix("]"), text.utf8.count >= 2 else { return [] }
            return [[.string(String(text.dropFirst().dropLast()))]]
        default: return []
        }
    }
}
