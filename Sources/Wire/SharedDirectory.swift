// A directory of the host's that runs are shown.

/// The workspace, as plans name it.
package struct SharedDirectory: Hashable, Sendable {
    /// Absolute and canonical.
    package var path: String
    package var isWritable: Bool

    package init(path: String, isWritable: Bool) {
        self.path = path
        self.isWritable = isWritable
    }
}
