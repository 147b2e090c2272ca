package import Notation

/// The name a peer gave to a request: a string or an integer, and the type is part of the name.
///
/// 1 and "1" are two ids. Fractions, booleans and null are not ids in any revision; an integer
/// outside 64 bits is refused too, because it could not be echoed as it was sent.
package enum RequestID: Hashable, Sendable {
    case integer(Int64)
    case string(String)

    /// Bytes of UTF-8 a string id may have. Ids are kept while a request is open and echoed back.
    package static let maxBytes = 1024

    package init?(_ value: JSON) {
        switch value {
        case .integer(let number):
            self = .integer(number)
        case .string(let text) where text.utf8.count <= Self.maxBytes:
            self = .string(text)
        default:
            return nil
        }
    }

    /// By bytes: two spellings of one accented letter are two ids, as they are for the client.
    package static func == (left: RequestID, right: RequestID) -> Bool {
        switch (left, right) {
        case (.integer(let left), .integer(let right)): left == right
        case (.string(let left), .string(let right)): left.hasSameBytes(as: right)
        default: false
        }
    }

    package var json: JSON {
        switch self {
        case .integer(let number): .integer(number)
        case .string(let text): .string(text)
        }
    }
}
