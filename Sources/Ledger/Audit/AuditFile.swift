// One file of the log while it is written.

internal import Kernel

/// INVARIANT: but for `descriptor`, which a flush uses outside of it, all is under the log's lock.
/// INVARIANT: the file ends with a complete line of `size` bytes in all, or `isTorn` is set.
final class AuditFile: Sendable {
    let name: AuditFileName
    let path: String
    let descriptor: Descriptor

    init(_ name: AuditFileName, in directory: String) throws(SystemError) {
        self.name = name
        path = "\(directory)/\(name.text)"
        descriptor = try Files.open(path, .appendNew)
    }

    /// Appends all of it, or nothing: what a full disk took of it is cut off again.
    func append(_ bytes: [UInt8], at size: Int64) throws(AppendFailure) {
        do throws(SystemError) { try descriptor.write(bytes) } catch {
            do throws(SystemError) {
                try descriptor.truncate(to: size)
            } catch let second {
                throw AppendFailure(error: error, isTorn: true, second: second)
            }
            throw AppendFailure(error: error, isTorn: false, second: nil)
        }
    }
}

/// A record that is not in the file.
struct AppendFailure: Error {
    let error: SystemError
    /// A part of it is, and could not be cut off: the file must be left.
    let isTorn: Bool
    let second: SystemError?
}
