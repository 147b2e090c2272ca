// Parts of a request's params, each with its bounds; what is wrong is said by name.

import Notation

extension Request {
    /// A string of 1 to `bytes` bytes. `meaning` says what it is for.
    func text(
        _ key: String, _ meaning: String, atMost bytes: Int
    ) throws(ProtocolFault) -> String {
        guard let text = params[key]?.asString, (1...bytes).contains(text.utf8.count) else {
            throw ProtocolFault(
                .invalidParams, "\(method) needs `\(key)`: \(meaning), 1 to \(bytes) bytes.")
        }
        return text
    }

    /// An object of strings; empty when there is none.
    func texts(
        _ value: JSON?, called name: String, atMost bytes: Int
    ) throws(ProtocolFault) -> JSONObject {
        guard let value else { return [:] }
        guard let members = value.asObject, members.count <= Self.maxMembers,
            members.allSatisfy({ member in
                guard let text = member.value.asString else { return false }
                return member.key.utf8.count <= Self.maxNameBytes && text.utf8.count <= bytes
            })
        else {
            throw ProtocolFault(
                .invalidParams,
                "`\(name)` has to be an object of at most \(Self.maxMembers) strings, each with a "
                    + "name of at most \(Self.maxNameBytes) bytes and a value of at most \(bytes).")
        }
        return members
    }

    /// Members of an object of strings: four times what any prompt or template has.
    static let maxMembers = 16
    /// Bytes of UTF-8 a name of a prompt or of an argument may have.
    static let maxNameBytes = 128
}
