// Files of ours that have no name.

internal import CKernel

extension Files {
    /// A file without a name, for reading and writing, on the file system of `directory`: whatever
    /// becomes of this process, nothing of it stays.
    package static func temporary(in directory: String) throws(SystemError) -> Descriptor {
        // SAFETY: the path is read until its NUL.
        Descriptor(
            adopting: try check(unsafe sbx_temporary_file(directory), "open", directory))
    }
}
