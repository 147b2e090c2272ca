// A piece of the file system held by a descriptor: taken here, changed while nobody can reach it,
// and put somewhere else.

internal import CKernel

/// A mount that is not, or not yet, part of any namespace. Closing it before `attach` undoes it.
package struct MountTree: ~Copyable {
    private let root: Descriptor

    /// Copies what is mounted at a directory, from there down.
    package init(of path: String) throws(SystemError) {
        // SAFETY: the path is read until its NUL. -100 is AT_FDCWD.
        let raw = unsafe sbx_tree_copy(-100, path)
        root = Descriptor(adopting: try check(raw, "open_tree", path))
    }

    /// Copies a tree that has been attached in this mount namespace. No path is followed, so it
    /// does not matter what a run has made of the names on the way.
    package init(copying attached: borrowing MountTree) throws(SystemError) {
        // SAFETY: the empty path is read until its NUL.
        let raw = unsafe sbx_tree_copy(attached.root.raw, "")
        root = Descriptor(adopting: try check(raw, "open_tree"))
    }

    /// Without set-user-id bits, devices and execution, mounts below it included; and without
    /// writing, if it should be.
    package func restrict(readOnly: Bool) throws(SystemError) {
        try check(sbx_tree_restrict(root.raw, readOnly ? 1 : 0), "mount_setattr")
    }

    /// Shows owners as the user namespace maps them: a file system that can't do that says EINVAL.
    package func map(with userNamespace: borrowing Descriptor) throws(SystemError) {
        try check(sbx_tree_map(root.raw, userNamespace.raw), "mount_setattr")
    }

    /// Puts it over the directory at `path`, where it stays when this value is gone.
    package func attach(at path: String) throws(SystemError) {
        // SAFETY: the path is read until its NUL.
        try check(unsafe sbx_tree_attach(root.raw, path), "move_mount", path)
    }
}
