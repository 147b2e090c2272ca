// The gate to the kernel: every call of the C shim comes back through `check`.

internal import CKernel

/// A system call that failed: which one, on what, and why.
package struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The call's name as the manual spells it, such as `mount`.
    package let call: String
    /// What it was about: a path, a name; empty when the call says it all.
    package let subject: String
    /// `errno`.
    package let code: CInt

    package init(_ call: String, _ subject: String = "", code: CInt) {
        self.call = call
        self.subject = subject
        self.code = code
    }

    package var description: String {
        subject.isEmpty ? "\(call): \(reason)" : "\(call) \(subject): \(reason)"
    }

    /// The C library's sentence for the code.
    package var reason: String {
        var buffer = [CChar](repeating: 0, count: 128)
        // SAFETY: the shim writes at most `count` bytes and ends them with a NUL.
        unsafe sbx_error_text(code, &buffer, buffer.count)
        return text(of: buffer)
    }
}

/// The text before the first NUL.
func text(of buffer: [CChar]) -> String {
    String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}

/// Turns the shim's `-errno` into an error.
@discardableResult
func check<Result: SignedInteger>(
    _ result: Result, _ call: String, _ subject: @autoclosure () -> String = ""
) throws(SystemError) -> Result {
    if result < 0 { throw SystemError(call, subject(), code: CInt(-result)) }
    return result
}

/// The codes that callers decide by.
package enum ErrorCode {
    package static let accessDenied: CInt = 13
    package static let crossDevice: CInt = 18
    package static let exists: CInt = 17
    package static let interrupted: CInt = 4
    package static let invalid: CInt = 22
    package static let inUse: CInt = 16
    package static let isDirectory: CInt = 21
    package static let loop: CInt = 40
    package static let nameTooLong: CInt = 36
    package static let noChild: CInt = 10
    package static let noMemory: CInt = 12
    package static let noRoom: CInt = 105
    package static let noSpace: CInt = 28
    package static let noSuchFile: CInt = 2
    package static let noSuchProcess: CInt = 3
    package static let noSystemCall: CInt = 38
    package static let notDirectory: CInt = 20
    package static let notPermitted: CInt = 1
    package static let notSupported: CInt = 95
    package static let overQuota: CInt = 122
    package static let readOnly: CInt = 30
    package static let tooLarge: CInt = 27
    package static let tooManyFiles: CInt = 24
    package static let tooManyFilesInAll: CInt = 23
    package static let tryAgain: CInt = 11
}
