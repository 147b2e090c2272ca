// Regular expressions of policies: RE2's syntax, which is Go's, in time linear in the text.

internal import CRE2

/// A compiled regular expression. Matches anywhere in a text unless the expression is anchored.
///
/// INVARIANT: the expression never changes after `init`; RE2's matching is safe from many threads.
/// SAFETY: hence it may be shared.
@safe package final class Pattern: @unchecked Sendable {
    package let text: String
    // SAFETY: made in init, freed in deinit, never handed out.
    private let expression: UnsafeMutableRawPointer

    /// Longest expression, in bytes.
    package static let maxBytes = 4096

    package struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
    }

    package init(_ text: String) throws(Problem) {
        guard text.utf8.count <= Self.maxBytes else {
            throw Problem(description: "is longer than \(Self.maxBytes) bytes")
        }
        // The one thing RE2 understands and Go's dialect does not: single bytes of a character.
        if Self.namesBytes(text) { throw Problem(description: "invalid escape sequence: \\C") }
        var error = [CChar](repeating: 0, count: 256)
        var pattern = text
        // SAFETY: RE2 copies the pattern; the shim writes at most the size it is given.
        let expression = pattern.withUTF8 { bytes in
            unsafe error.withUnsafeMutableBufferPointer { room in
                unsafe bytes.withMemoryRebound(to: CChar.self) {
                    unsafe sbx_re2_compile($0.baseAddress, $0.count, room.baseAddress, room.count)
                }
            }
        }
        guard let expression = unsafe expression else {
            let reason = error.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
            throw Problem(description: String(decoding: reason, as: UTF8.self))
        }
        self.text = text
        unsafe self.expression = expression
    }

    // SAFETY: nobody matches with an object that nobody holds.
    deinit { unsafe sbx_re2_free(expression) }

    /// Whether the expression matches somewhere in `subject`.
    package func occurs(in subject: String) -> Bool {
        var subject = subject
        // SAFETY: the bytes are only read during the call.
        return subject.withUTF8 { bytes in
            unsafe bytes.withMemoryRebound(to: CChar.self) {
                unsafe sbx_re2_search(expression, $0.baseAddress, $0.count) == 1
            }
        }
    }

    private static func namesBytes(_ text: String) -> Bool {
        var isEscaped = false
        for byte in text.utf8 {
            if isEscaped && byte == UInt8(ascii: "C") { return true }
            isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        }
        return false
    }
}
