// Changes in a directory, as the kernel tells them.

internal import CKernel

/// Tells that something in a directory was written, made, renamed or removed: inotify(7). A file
/// that is replaced by a rename is noticed, which watching the file itself would miss.
package struct DirectoryWatch: ~Copyable {
    private let descriptor: Descriptor
    private static let eventBytes = 4096

    package init(_ path: String) throws(SystemError) {
        // SAFETY: the shim only reads the path.
        let raw = unsafe sbx_watch_directory(path)
        descriptor = Descriptor(adopting: try check(raw, "inotify", path))
    }

    /// Waits for a change, or until the deadline. What changed is not told: look.
    package func wait(until deadline: Moment?) throws(SystemError) -> Bool {
        var poller = Poller()
        poller.add(descriptor.raw, .readable)
        guard try poller.wait(until: deadline) else { return false }
        var buffer = [UInt8](repeating: 0, count: Self.eventBytes)
        while let got = try descriptor.read(into: &buffer, from: 0), got > 0 {}
        return true
    }
}
