// Why nothing was done, in words that a model can act on.

internal import Kernel

/// Nothing was done, and nothing has changed.
package struct WorkspaceRefusal: Error, Hashable, Sendable {
    /// One word for programs.
    package enum Code: String, CaseIterable, Sendable {
        /// Others are at it, or the server has run out of something: trying again can help.
        case busy
        case exists
        /// The device or the file system failed.
        case failed
        case invalidPath = "invalid_path"
        case noSpace = "no_space"
        case notFound = "not_found"
        /// By the permissions of files or the mount, not by policy.
        case notPermitted = "not_permitted"
        case outsideWorkspace = "outside_workspace"
        case tooLarge = "too_large"
        case unsupported
        /// There is something of that name, but not what was meant: a directory, a pipe.
        case wrongKind = "wrong_kind"
    }

    package let code: Code
    /// What happened and what to do next. Names in it are printable.
    package let reason: String

    init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    /// What a failed call on `name` (in quotes) means to who asked.
    init(_ error: SystemError, _ name: String) {
        let code = Code(error.code)
        self.init(code, Self.reason(code, error, name))
    }

    private static func reason(_ code: Code, _ error: SystemError, _ name: String) -> String {
        switch code {
        case .notFound: "There is no \(name) here. List the directory to see what there is."
        case .exists: "There is something named \(name) already."
        case .outsideWorkspace where error.code == ErrorCode.crossDevice:
            "\(name) leads out of the workspace."
        case .outsideWorkspace: Self.link(name).reason
        case .wrongKind: "\(name), or a name on the way to it, is no directory."
        case .notPermitted where error.code == ErrorCode.readOnly:
            "\(name) is on a file system that is mounted read-only."
        case .notPermitted:
            "The server's user may not do that with \(name): \(error.reason)."
        case .noSpace: "There is no room for \(name): \(error.reason)."
        case .tooLarge: "\(name) is too large for the file system: \(error.reason)."
        case .invalidPath: "The file system does not take the name \(name): \(error.reason)."
        case .busy: "\(name) can't be had at the moment (\(error.reason)). Try again."
        case .unsupported: "The file system or kernel can't do that with \(name): \(error.reason)."
        case .failed: "\(name) failed: \(error.call): \(error.reason)."
        }
    }

    static func link(_ name: String) -> WorkspaceRefusal {
        WorkspaceRefusal(
            .outsideWorkspace,
            "\(name) is, or leads through, a symbolic link, and links are not followed. "
                + "Give the path of the file itself.")
    }
}

extension WorkspaceRefusal.Code {
    init(_ code: CInt) {
        self =
            switch code {
            case ErrorCode.noSuchFile: .notFound
            case ErrorCode.exists: .exists
            case ErrorCode.loop, ErrorCode.crossDevice: .outsideWorkspace
            case ErrorCode.notDirectory, ErrorCode.isDirectory: .wrongKind
            case ErrorCode.accessDenied, ErrorCode.notPermitted, ErrorCode.readOnly: .notPermitted
            case ErrorCode.noSpace, ErrorCode.overQuota: .noSpace
            case ErrorCode.tooLarge: .tooLarge
            case ErrorCode.nameTooLong, ErrorCode.invalid: .invalidPath
            case ErrorCode.tryAgain, ErrorCode.inUse, ErrorCode.noMemory, ErrorCode.tooManyFiles,
                ErrorCode.tooManyFilesInAll:
                .busy
            case ErrorCode.noSystemCall, ErrorCode.notSupported: .unsupported
            default: .failed
            }
    }
}
