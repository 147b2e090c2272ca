// A policy file on its way from disk to what decisions run on.

internal import Kernel
internal import Ledger
package import Policies

/// Where a policy is, and how it is to be read.
package struct PolicyFile: Sendable {
    package let path: String
    /// nil: the file says.
    package let dialect: Policy.Dialect?
    /// As Intercept itself would read it, and nothing else.
    package let isStrict: Bool

    package init(_ path: String, dialect: Policy.Dialect? = nil, isStrict: Bool = false) {
        self.path = path
        self.dialect = dialect
        self.isStrict = isStrict
    }

    /// Why there are no bytes to read.
    package struct Unreadable: Error, CustomStringConvertible {
        package let description: String
    }

    /// Longest file, in bytes, that is read at all; the loader's own limit is lower, and says why.
    private static let maxBytes = 4 << 20

    /// Throws `Unreadable` or `InvalidPolicy`.
    package func load() throws -> Policy {
        let bytes = try contents()
        return try load(bytes, hash: SHA256.hex(bytes))
    }

    /// The policy of bytes that were read, with their hash.
    func load(_ bytes: [UInt8], hash: String) throws(InvalidPolicy) -> Policy {
        let loader = PolicyLoader(file: path, hash: hash, dialect: dialect, isStrict: isStrict)
        return try loader.load(bytes)
    }

    func contents() throws(Unreadable) -> [UInt8] {
        do throws(SystemError) { return try Files.contents(of: path, limit: Self.maxBytes) } catch {
            let isTooLarge = error.code == ErrorCode.tooLarge
            let reason = isTooLarge ? "is larger than any policy" : "can't be read: \(error)"
            throw Unreadable(description: "\(path) \(reason)")
        }
    }
}
